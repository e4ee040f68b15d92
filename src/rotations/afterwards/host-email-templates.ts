/**
 * What hosts are sent, in several languages. A template's first line is the subject. `{oldLink}` and the like are
 * filled in; see `emailTemplateFields`.
 */
export const emailTemplateFields = ['name', 'email', 'site', 'oldLink', 'newLink', 'sipAddress'] as const

export const hostEmailTemplates: Record<'en' | 'de' | 'fr' | 'es', string> = {
  en: `Your personal meeting room has a new link
Hello {name},

your personal meeting room on {site} has a new link:

  {newLink}
  SIP address for video systems: {sipAddress}

The old link no longer works, and there is no redirect:

  {oldLink}

What to do:
- Meetings that you have scheduled in your personal room still show the old link. Open each one in your calendar, replace the link, and send the update to everybody invited.
- Put the new link wherever you keep the old one: signature, web pages, cards, saved contacts of video systems.
- It may take half an hour until the new link is shown everywhere.

Nothing else about your room has changed.
`,
  de: `Ihr persönlicher Meetingraum hat einen neuen Link
Guten Tag {name},

Ihr persönlicher Meetingraum auf {site} hat einen neuen Link:

  {newLink}
  SIP-Adresse für Videosysteme: {sipAddress}

Der alte Link funktioniert nicht mehr, und es gibt keine Weiterleitung:

  {oldLink}

Was zu tun ist:
- Besprechungen, die Sie in Ihrem persönlichen Raum geplant haben, zeigen noch den alten Link. Öffnen Sie jede davon im Kalender, ersetzen Sie den Link und senden Sie die Änderung an alle Eingeladenen.
- Tragen Sie den neuen Link überall ein, wo der alte steht: Signatur, Webseiten, Visitenkarten, gespeicherte Kontakte von Videosystemen.
- Es kann eine halbe Stunde dauern, bis der neue Link überall angezeigt wird.

Sonst hat sich an Ihrem Raum nichts geändert.
`,
  fr: `Votre salle de réunion personnelle a un nouveau lien
Bonjour {name},

votre salle de réunion personnelle sur {site} a un nouveau lien :

  {newLink}
  Adresse SIP pour les systèmes vidéo : {sipAddress}

L'ancien lien ne fonctionne plus et il n'y a pas de redirection :

  {oldLink}

Ce qu'il faut faire :
- Les réunions que vous avez planifiées dans votre salle personnelle affichent encore l'ancien lien. Ouvrez chacune d'elles dans votre calendrier, remplacez le lien et envoyez la mise à jour à tous les invités.
- Remplacez l'ancien lien partout où il figure : signature, pages web, cartes de visite, contacts enregistrés des systèmes vidéo.
- Il peut s'écouler une demi-heure avant que le nouveau lien s'affiche partout.

Rien d'autre n'a changé dans votre salle.
`,
  es: `Su sala de reuniones personal tiene un enlace nuevo
Hola, {name}:

su sala de reuniones personal en {site} tiene un enlace nuevo:

  {newLink}
  Dirección SIP para sistemas de vídeo: {sipAddress}

El enlace anterior ya no funciona y no hay redirección:

  {oldLink}

Qué debe hacer:
- Las reuniones que ha programado en su sala personal todavía muestran el enlace anterior. Abra cada una en su calendario, sustituya el enlace y envíe la actualización a todos los invitados.
- Ponga el enlace nuevo en todos los lugares donde figure el anterior: firma, páginas web, tarjetas, contactos guardados de los sistemas de vídeo.
- El enlace nuevo puede tardar media hora en mostrarse en todas partes.

Nada más ha cambiado en su sala.
`,
}

export type Language = keyof typeof hostEmailTemplates
