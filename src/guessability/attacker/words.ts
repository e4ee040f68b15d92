/**
 * The attacker's dictionary: words that people take for a meeting room, the likeliest group first. Collected for
 * Roomkey; the order inside a group has no meaning.
 */
const groups = [
  // Rooms and meetings
  `room meeting meetings office meet webex conference conf call calls video online virtual home work desk lobby lounge
  boardroom board huddle war warroom standup daily weekly team teams group talk chat hello welcome join hub space place
  studio theater theatre hall chamber cave lab garage kitchen corner cafe coffee teatime breakroom classroom training
  workshop seminar webinar lecture interview interviews onboarding townhall allhands sync review retro planning sprint
  demo test testing guest guests visitor private personal secret open public main default mymeeting myroom mymeetings
  meetingroom meetme meetingpoint conferenceroom bridge hotline helpdesk reception appointment consultation session`,
  // Departments and roles
  `sales support marketing finance accounting legal hr it ops operations engineering research development dev design
  product project projects admin administrator administration service services security facilities procurement logistics
  purchasing quality production warehouse customer customers care success consulting communications press media news
  management manager director directorate boss chief president chair chairman chairwoman ceo cfo cto cio coo head leader
  lead owner founder secretary assistant executive board council committee staff crew department division branch partner
  partners doctor doc nurse teacher professor prof student school university college faculty library clinic hospital
  police army navy captain major general colonel sergeant agent minister ministry mayor embassy coach trainer
  engineer developer architect designer analyst consultant lawyer judge pilot chef writer editor artist player`,
  // Colours, numbers, letters
  `red blue green yellow orange purple pink black white grey gray brown silver gold golden violet indigo teal cyan amber
  crimson scarlet ruby emerald sapphire pearl coral ivory azure lime olive one two three four five six seven
  eight nine ten zero hundred thousand million first second third alpha beta gamma delta epsilon omega sigma theta lambda
  zeta kappa bravo charlie echo foxtrot golf juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform
  victor whiskey xray yankee zulu`,
  // Animals
  `cat dog fox wolf bear lion tiger eagle hawk falcon owl raven crow dove swan duck goose penguin dolphin whale shark fish
  salmon turtle frog snake dragon dinosaur unicorn phoenix horse pony donkey zebra giraffe elephant rhino hippo monkey
  gorilla panda koala kangaroo rabbit bunny hare mouse rat hamster squirrel beaver otter badger hedgehog deer moose elk
  cow bull sheep goat pig chicken rooster bee wasp ant spider butterfly ladybug scorpion octopus jaguar leopard panther
  cheetah puma lynx coyote camel llama alpaca parrot flamingo puppy kitty kitten`,
  // Nature, weather, seasons, days
  `sun moon star stars sky cloud rain snow storm thunder lightning wind fire ice water ocean sea lake river island beach
  mountain hill valley forest wood tree oak pine maple willow flower rose lily daisy tulip lotus jasmine garden leaf grass
  desert earth world planet mars venus jupiter saturn mercury neptune pluto galaxy cosmos universe orbit comet aurora
  sunrise sunset sunshine rainbow spring summer autumn fall winter january february march april may june july august
  september october november december monday tuesday wednesday thursday friday saturday sunday morning noon evening night
  midnight today tomorrow holiday christmas easter birthday party`,
  // Food, sport, music, play
  `apple banana cherry lemon mango peach pear plum grape melon berry strawberry coconut pineapple tomato potato pepper
  salt sugar honey chocolate cookie cake pie pizza pasta burger taco sushi bread butter cheese bacon egg milk tea wine
  beer whisky football soccer tennis golf rugby hockey cricket basketball baseball volleyball swimming running cycling
  hiking skiing surfing sailing fishing chess poker bingo music piano guitar violin drums trumpet jazz rock blues opera
  dance ballet movie cinema radio game games gamer puzzle magic ninja pirate robot rocket spaceship hero superman batman
  spiderman wizard knight king queen prince princess emperor legend champion winner victory lucky happy smile love peace
  hope dream freedom power energy spirit angel devil ghost shadow monster diamond crystal treasure`,
  // Things and qualities
  `book pen paper letter phone computer laptop screen keyboard server network internet web site link click data
  code coder hacker password access key lock door gate window house castle tower palace temple church city town village
  street road highway train bus car truck bike plane ship boat harbor harbour port station airport hotel market shop store
  bank money cash dollar euro business company corporate enterprise global international local central north south east
  west big small little great super mega ultra best good nice cool hot cold fast quick slow easy simple smart clever
  strong brave free new old young fresh next last final early late plus max mini pro expert master guru rookie friend
  friends family mom dad mother father brother sister baby uncle auntie buddy guy girl boy man woman lady people human`,
  // Cities and countries
  `london paris berlin madrid rome vienna zurich geneva munich hamburg cologne frankfurt stuttgart dresden leipzig brussels
  amsterdam rotterdam copenhagen stockholm oslo helsinki dublin edinburgh manchester birmingham lisbon porto barcelona
  sevilla valencia milan milano roma venice florence naples athens istanbul ankara moscow kiev kyiv warsaw krakow prague
  praha brno bratislava budapest bucharest sofia belgrade zagreb ljubljana riga vilnius tallinn cairo dubai delhi mumbai
  bangalore singapore tokyo osaka seoul beijing shanghai hongkong sydney melbourne toronto montreal vancouver newyork
  boston chicago dallas austin houston denver seattle miami atlanta california texas florida mexico brazil
  argentina chile peru spain france germany deutschland italy italia austria switzerland schweiz sweden norway denmark
  finland ireland scotland england wales britain poland russia ukraine turkey greece egypt india china japan korea
  canada america australia africa europe asia`,
  // German
  `buero besprechung besprechungsraum konferenz konferenzraum sitzung sitzungszimmer raum zimmer treffpunkt treffen
  sprechstunde sprechzimmer termin beratung schulung unterricht klasse klassenzimmer leitung leiter leiterin chefin
  vertrieb einkauf verkauf buchhaltung personal verwaltung technik entwicklung forschung dienst dienststelle abteilung
  gruppe referat amt rathaus schule praxis kanzlei werkstatt lager haus hof garten wald wiese berg tal fluss see meer
  sonne mond stern himmel wolke regen schnee sturm feuer wasser wind baum blume vogel adler hund katze pferd loewe baer
  fuchs hase igel apfel birne kirsche zitrone kaffee kuchen brot wurst bier wein montag dienstag mittwoch donnerstag
  freitag samstag sonntag hallo moin servus willkommen gast familie freund freunde liebe glueck leben freiheit zukunft
  morgen abend nacht sommer herbst fruehling weihnachten ostern`,
  // French, Spanish, Portuguese, Italian, Dutch, Polish and others
  `bureau reunion salle accueil bonjour bienvenue direction directeur equipe vente ventes achats projet formation ecole
  maison jardin soleil lune etoile ciel nuage pluie neige montagne riviere foret arbre fleur oiseau chien chat cheval
  loup ours renard lapin pomme poire cerise citron cafe gateau pain fromage vin lundi mardi mercredi jeudi vendredi samedi
  dimanche famille ami amis amour bonheur vie liberte demain oficina reunion sala bienvenido bienvenidos equipo ventas
  compras proyecto escuela casa jardin sol luna estrella cielo nube lluvia nieve montana rio bosque arbol flor pajaro
  perro gato caballo lobo oso zorro conejo manzana pera limon pan queso vino lunes martes miercoles jueves viernes sabado
  domingo familia amigo amigos amor vida libertad hola escritorio reuniao equipe vendas projeto escola ola ciao ufficio
  riunione benvenuti squadra progetto scuola sole stella cielo mare monte fiore cane gatto lupo orso volpe mela vino amore
  vita kantoor vergadering kamer huis tuin zon maan ster hond kat paard spotkanie pokoj biuro dom slonce ksiezyc gwiazda
  pies kot kon schuzka kancelar dum slunce hvezda pes kocka toplanti oda ev gunes yildiz kopek kedi mote rum hus sol katt`,
]

/** Every word once, likeliest first. */
export const commonWords: readonly string[] = [...new Set(groups.flatMap(group => group.split(/\s+/)))]
