/**
 * Common first and last names of thirty languages, as in a directory, for the people of the demo site.
 *
 * `native=roman` gives the Latin spelling in the person's e-mail address; a name without `=` is spelt there as itself
 * without its accents.
 */
export interface NameList {
  /** The order of names: most languages put the first name first. */
  order: 'firstLast' | 'lastFirst' | 'lastFirstJoined'
  first: string
  last: string
}

export const nameLists: Record<string, NameList> = {
  english: {
    order: 'firstLast',
    first:
      'James,Olivia,William,Emma,George,Charlotte,Thomas,Amelia,Henry,Grace,Daniel,Hannah,Samuel,Alice,Robert,Elizabeth,Michael,Katherine',
    last: 'Smith,Taylor,Walker,Bennett,Clarke,Hughes,Parker,Cooper,Morgan,Foster,Harrison,Turner,Palmer,Bailey,Reed,Brooks,Wright-Jones,Ellis',
  },
  german: {
    order: 'firstLast',
    first:
      'Jürgen=juergen,Anna,Lukas,Sabine,Jörg=joerg,Käthe=kaethe,Sören=soeren,Ulrike,Matthias,Heike,Günther=guenther,Petra,Stefan,Monika,Björn=bjoern,Katharina,Hans-Peter,Renate',
    last: 'Müller=mueller,Schäfer=schaefer,Weiß=weiss,Schmidt,Köhler=koehler,Jäger=jaeger,Fischer,Großmann=grossmann,Wagner,Krüger=krueger,Becker,Schröder=schroeder,von Bülow=vonbuelow,Hofmann,Vogel,König=koenig,Lange,Böhm=boehm',
  },
  french: {
    order: 'firstLast',
    first:
      'François,Amélie,Jean-Luc,Chloé,Étienne,Hélène,Benoît,Zoé,Loïc,Mathilde,Rémi,Céline,Guillaume,Anaïs,Gaël,Margaux,Thérèse,Pierre',
    last: "Lefèvre,Dubois,Moreau,D'Arcy,Bézier,Garçon,Girard,Châtelain,Mercier,Lemaître,Noël,Faure,Besançon,Rousseau,Beauchêne,Perrin,Guérin,L'Hôte",
  },
  spanish: {
    order: 'firstLast',
    first:
      'José,María José,Íñigo,Lucía,Álvaro,Begoña,Andrés,Inés,Martín,Sofía,Raúl,Ángela,Joaquín,Rocío,Iván,Carmen,Héctor,Pilar',
    last: 'García,Núñez,Peña,Rodríguez,Muñoz,Ibáñez,López,Fernández,Ordóñez,Jiménez,Vázquez,Castaño,Martínez,Hernández,Sáenz,Romero,de la Fuente,Ortega',
  },
  portuguese: {
    order: 'firstLast',
    first:
      'João,Conceição,Tomé,Inês,Luís,Beatriz,Gonçalo,Mônica,Antônio,Letícia,Sérgio,Flávia,Caetano,Vitória,Estêvão,Júlia,Rui,Catarina',
    last: 'Gonçalves,Magalhães,Simões,Araújo,Conceição,Brandão,Silva,Assunção,Leitão,Guimarães,Falcão,Queirós,Sá,Ferrão,Teixeira,dos Santos,Mendonça,Paixão',
  },
  italian: {
    order: 'firstLast',
    first:
      'Niccolò,Giulia,Matteo,Chiara,Lorenzo,Francesca,Alessandro,Noemi,Davide,Beatrice,Nicolò,Ilaria,Giacomo,Elisabetta,Raffaele,Martina,Pietro,Gianna',
    last: "D'Angelo,Rossi,Esposito,Forlì,Bianchi,Cantù,De Luca,Moretti,Conti,Dell'Acqua,Galli,Mancini,Salò,Ferrara,Lombardi,Nardò,Testa,Grassi",
  },
  polish: {
    order: 'firstLast',
    first:
      'Paweł,Małgorzata,Łukasz,Agnieszka,Michał,Żaneta,Stanisław,Bożena,Wojciech,Zofia,Rafał,Grażyna,Bartłomiej,Jadwiga,Sławomir,Róża,Tomasz,Iwona',
    last: 'Wiśniewski,Wójcik,Dąbrowska,Kozłowski,Jabłońska,Zieliński,Woźniak,Gołąb,Łuczak,Pawłowski,Źródlak,Kaźmierczak,Nowak,Wróbel,Głowacka,Pietrzak,Chmiel,Ślusarczyk',
  },
  czech: {
    order: 'firstLast',
    first:
      'Jiří,Tereza,Ondřej,Kateřina,Tomáš,Eliška,Václav,Markéta,Matěj,Božena,Zdeněk,Růžena,Luboš,Šárka,Vojtěch,Adéla,Řehoř,Hana',
    last: 'Novák,Dvořák,Procházka,Kučera,Veselý,Šťastný,Němec,Růžička,Beneš,Říha,Hájek,Králová,Jelínek,Žák,Čermák,Doležal,Soukup,Vaněk',
  },
  turkish: {
    order: 'firstLast',
    first:
      'Çağlar,Ayşe,İbrahim,Gülşen,Oğuz,Şule,Ömer,Işıl,Uğur,Elif,Tuğçe,Mehmet,Yağmur,Göksel,Ümit,Zeynep,Barış,Nurgül',
    last: 'Yılmaz,Öztürk,Şahin,Çelik,Doğan,Kılıç,Aydın,Güneş,Yıldırım,Erdoğdu,Koç,Işık,Özdemir,Aslan,Çetinkaya,Ünal,Kaya,Tekin',
  },
  nordic: {
    order: 'firstLast',
    first:
      'Åsa,Bjørn,Søren,Märta,Göran,Þóra,Øyvind,Ingrid,Håkon,Sigríður,Päivi,Åke,Jørgen,Astrid,Veikko,Solveig,Gunnar,Äänis',
    last: 'Ångström,Sørensen,Lindqvist,Bergström,Ødegård,Guðmundsdóttir,Mäkinen,Jørgensen,Hämäläinen,Åkerblom,Pálsson,Strøm,Häkkinen,Dahl,Östberg,Kjær,Nyström,Þórsson',
  },
  dutch: {
    order: 'firstLast',
    first:
      'Daan,Sanne,Joost,Anouk,Thijs,Lotte,Maarten,Femke,Ruben,Noëlle,Wouter,Fleur,Bram,Marijke,Jeroen,Eefje,Sjoerd,Liesbeth',
    last: 'de Vries,van der Berg,Bakker,Jansen,van Dijk,Smit,de Groot,Mulder,Vos,Peters,Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Kuiper,in ’t Veld=intveld',
  },
  irish: {
    order: 'firstLast',
    first:
      'Seán,Aoife,Pádraig,Niamh,Tadhg,Siobhán,Oisín,Caoimhe,Eoin,Gráinne,Cormac,Róisín,Fionn,Ciarán,Sinéad,Diarmuid,Bríd,Ruairí',
    last: "O'Néill,Murphy,Ó Súilleabháin,Kelly,O'Brien,MacCárthaigh,Walsh,Ní Dhomhnaill,Byrne,Mac Giolla,Doyle,O’Shea,Gallagher,Fitzgerald,Keane,Nolan,Brennan,Ó Briain",
  },
  vietnamese: {
    order: 'lastFirst',
    first: 'Văn Anh,Thị Hương,Minh,Thảo,Đức,Ngọc Lan,Quang,Hạnh,Tuấn,Phương,Hùng,Mai,Dũng,Thùy,Khánh,Yến,Long,Diệu',
    last: 'Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Đinh,Trịnh',
  },
  hungarian: {
    order: 'lastFirst',
    first:
      'István,Zsófia,György,Erzsébet,László,Réka,Ödön,Ágnes,Gergő,Tünde,Bálint,Boglárka,Miklós,Piroska,Győző,Katalin,Árpád,Ildikó',
    last: 'Nagy,Kovács,Szőke,Tóth,Szabó,Horváth,Kiss,Molnár,Németh,Fekete,Erdős,Balázs,Gál,Bíró,Lőrincz,Szűcs,Orbán,Körösi',
  },
  romanian: {
    order: 'firstLast',
    first:
      'Ștefan,Ioana,Mihăiță,Ruxandra,Răzvan,Crăița,Ionuț,Mădălina,Cătălin,Anca,Gheorghe,Sânziana,Bogdan,Luminița,Călin,Doina,Iulian,Mălina',
    last: 'Popescu,Țepeș,Munteanu,Năstase,Ionescu,Bălan,Rădulescu,Știrbei,Dumitru,Crăciun,Ungureanu,Mâțu,Lupu,Băsescu,Moldovan,Sârbu,Neagu,Vlădescu',
  },
  croatian: {
    order: 'firstLast',
    first:
      'Đorđe=djordje,Željka,Mladen,Ljiljana,Goran,Nataša,Siniša,Vesna,Krešimir,Jelena,Dražen,Snežana,Hrvoje,Mirjana,Saša,Božica,Tihomir,Anđela=andjela',
    last: 'Horvat,Petrović,Kovačić,Babić,Đurić=djuric,Šimić,Matić,Vuković,Blažević,Jurić,Žižić,Radić,Perić,Lončar,Čović,Kralj,Grgić,Novosel',
  },
  greek: {
    order: 'firstLast',
    first:
      'Γιώργος=giorgos,Ελένη=eleni,Νίκος=nikos,Κατερίνα=katerina,Δημήτρης=dimitris,Σοφία=sofia,Γιάννης=giannis,Αγγελική=angeliki,Θανάσης=thanasis,Ιωάννα=ioanna,Κώστας=kostas,Χρυσούλα=chrysoula',
    last: 'Παπαδόπουλος=papadopoulos,Νικολάου=nikolaou,Γεωργίου=georgiou,Οικονόμου=oikonomou,Δημητρίου=dimitriou,Βλάχος=vlachos,Αγγελής=angelis,Ιωάννου=ioannou,Καραγιάννης=karagiannis,Χατζής=chatzis,Μακρής=makris,Ψαλτάκης=psaltakis',
  },
  russian: {
    order: 'firstLast',
    first:
      'Ольга=olga,Дмитрий=dmitry,Наталья=natalya,Сергей=sergey,Юлия=yulia,Алексей=alexey,Татьяна=tatyana,Михаил=mikhail,Ксения=ksenia,Фёдор=fyodor,Ирина=irina,Андрей=andrey',
    last: 'Кузнецов=kuznetsov,Смирнов=smirnov,Попов=popov,Соловьёв=solovyov,Морозов=morozov,Волков=volkov,Щукин=shchukin,Новиков=novikov,Зайцев=zaytsev,Журавлёв=zhuravlyov,Орлов=orlov,Чернов=chernov',
  },
  ukrainian: {
    order: 'firstLast',
    first:
      'Олександр=oleksandr,Оксана=oksana,Тарас=taras,Надія=nadiia,Андрій=andrii,Леся=lesia,Юрій=yurii,Софія=sofiia,Євген=yevhen,Ярина=yaryna,Богдан=bohdan,Христина=khrystyna',
    last: 'Шевченко=shevchenko,Коваленко=kovalenko,Бондаренко=bondarenko,Ткачук=tkachuk,Мельник=melnyk,Їжак=yizhak,Кравець=kravets,Лисенко=lysenko,Гончар=honchar,Щербак=shcherbak,Савчук=savchuk,Яценко=yatsenko',
  },
  bulgarian: {
    order: 'firstLast',
    first:
      'Георги=georgi,Цветелина=tsvetelina,Иван=ivan,Радостина=radostina,Стоян=stoyan,Яна=yana,Борис=boris,Милена=milena,Калоян=kaloyan,Десислава=desislava',
    last: 'Иванов=ivanov,Димитров=dimitrov,Христов=hristov,Тодоров=todorov,Ангелов=angelov,Желев=zhelev,Илиев=iliev,Цанков=tsankov,Стоянов=stoyanov,Петков=petkov',
  },
  arabic: {
    order: 'firstLast',
    first:
      'محمد=mohammed,فاطمة=fatima,أحمد=ahmed,ليلى=layla,يوسف=youssef,مريم=mariam,عمر=omar,زينب=zainab,خالد=khalid,نور=nour,حسن=hassan,سلمى=salma',
    last: 'الحسن=alhassan,المصري=elmasri,حداد=haddad,النجار=najjar,الشامي=alshami,خوري=khoury,السيد=elsayed,منصور=mansour,صالح=saleh,درويش=darwish,عباس=abbas,القاسم=alqasim',
  },
  persian: {
    order: 'firstLast',
    first:
      'رضا=reza,شیرین=shirin,امیر=amir,پریسا=parisa,مهدی=mehdi,نازنین=nazanin,کاوه=kaveh,لاله=laleh,آرش=arash,گلناز=golnaz',
    last: 'احمدی=ahmadi,رضایی=rezaei,کریمی=karimi,حسینی=hosseini,موسوی=mousavi,تهرانی=tehrani,شیرازی=shirazi,جعفری=jafari,صادقی=sadeghi,رستمی=rostami',
  },
  hebrew: {
    order: 'firstLast',
    first:
      'דוד=david,נועה=noa,יוסי=yossi,תמר=tamar,אבי=avi,רחל=rachel,איתי=itai,מיכל=michal,עומר=omer,שירה=shira,אורי=uri,יעל=yael',
    last: 'כהן=cohen,לוי=levy,מזרחי=mizrahi,פרץ=peretz,ביטון=biton,אברהם=avraham,פרידמן=friedman,שפירא=shapira,גולן=golan,ברק=barak,חדד=hadad,קפלן=kaplan',
  },
  hindi: {
    order: 'firstLast',
    first:
      'राजेश=rajesh,प्रिया=priya,अमित=amit,सुनीता=sunita,विकास=vikas,अंजलि=anjali,संजय=sanjay,नेहा=neha,अर्जुन=arjun,दीपिका=deepika,मनोज=manoj,कविता=kavita',
    last: 'शर्मा=sharma,वर्मा=verma,गुप्ता=gupta,सिंह=singh,पटेल=patel,जोशी=joshi,मिश्रा=mishra,यादव=yadav,त्रिपाठी=tripathi,चौधरी=chaudhary,अग्रवाल=agarwal,राव=rao',
  },
  tamil: {
    order: 'firstLast',
    first: 'முருகன்=murugan,லட்சுமி=lakshmi,கார்த்திக்=karthik,மீனா=meena,செந்தில்=senthil,கவிதா=kavitha,அருண்=arun,பிரியா=priya',
    last: 'சுப்பிரமணியன்=subramanian,ராமன்=raman,கிருஷ்ணன்=krishnan,செல்வம்=selvam,நடராஜன்=natarajan,வேலு=velu,குமார்=kumar,சுந்தரம்=sundaram',
  },
  chinese: {
    order: 'lastFirstJoined',
    first:
      '伟=wei,芳=fang,秀英=xiuying,明=ming,丽=li,强=qiang,静=jing,磊=lei,晓东=xiaodong,雪梅=xuemei,建国=jianguo,婷婷=tingting,宇航=yuhang,子涵=zihan',
    last: '王=wang,李=li,张=zhang,刘=liu,陈=chen,杨=yang,赵=zhao,黄=huang,周=zhou,吴=wu,徐=xu,孙=sun,欧阳=ouyang,谢=xie',
  },
  japanese: {
    order: 'lastFirst',
    first:
      '太郎=taro,花子=hanako,健一=kenichi,美咲=misaki,翔太=shota,さくら=sakura,大輔=daisuke,陽子=yoko,拓也=takuya,由美=yumi,直樹=naoki,恵=megumi',
    last: '佐藤=sato,鈴木=suzuki,高橋=takahashi,田中=tanaka,渡辺=watanabe,伊藤=ito,山本=yamamoto,中村=nakamura,小林=kobayashi,加藤=kato,吉田=yoshida,斎藤=saito',
  },
  korean: {
    order: 'lastFirstJoined',
    first:
      '민준=minjun,서연=seoyeon,지훈=jihoon,수빈=subin,현우=hyunwoo,지은=jieun,성민=sungmin,유진=yujin,동현=donghyun,하은=haeun,재영=jaeyoung,미나=mina',
    last: '김=kim,이=lee,박=park,최=choi,정=jung,강=kang,조=cho,윤=yoon,장=jang,임=lim,한=han,오=oh',
  },
  thai: {
    order: 'firstLast',
    first:
      'สมชาย=somchai,สุดา=suda,ประเสริฐ=prasert,มาลี=malee,วิชัย=wichai,นภา=napha,อนันต์=anan,กมล=kamon,ธนา=thana,พิมพ์=pim',
    last: 'ใจดี=jaidee,ศรีสุข=srisuk,ทองดี=thongdee,แสงทอง=saengthong,บุญมี=boonmee,รักไทย=rakthai,วงศ์สวัสดิ์=wongsawat,สุวรรณ=suwan,พงษ์=phong,จันทร์=chan',
  },
  georgian: {
    order: 'firstLast',
    first: 'გიორგი=giorgi,ნინო=nino,ლევან=levan,თამარ=tamar,დავით=davit,მარიამ=mariam,ირაკლი=irakli,ქეთევან=ketevan',
    last: 'ბერიძე=beridze,კაპანაძე=kapanadze,გელაშვილი=gelashvili,მაისურაძე=maisuradze,ლომიძე=lomidze,ხუციშვილი=khutsishvili,ჯაფარიძე=japaridze,წერეთელი=tsereteli',
  },
}
