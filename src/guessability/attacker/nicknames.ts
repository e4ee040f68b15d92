/** What people with a given name are called: the name without accents, then its short forms, likeliest first. */
const entries = `
  abigail abby gail|adrian adi|agnieszka aga|albert al bert albi|aleksander olek alex|alejandro alex ale|alessandro ale sandro
  alexander alex sascha alec sandy xander|alexandra alex sandra sasha lexi|alexey alex lyosha|alfred fred alf|alice ali
  amelia amy mia|amelie amy|andreas andi andy|andrew andy drew|andrzej jedrek|angela angie|angelika angie geli|anna anni annie
  anastasia nastya stasia|anthony tony|antonio toni tonio|arthur art|barbara babs barb|beatrice bea|beatriz bia bea
  benjamin ben benny|bernhard bernd|bozena bozka|brigitte gitte|caroline caro carrie|catherine cathy kate cat|charles charlie
  charlotte lotte charlie lottie|chiara kiki|christian chris|christina chris tina|christine chris tine|christoph chris
  christopher chris topher|constantin costa|cornelia conny nelly|daniel dan danny dani|daniela dani|david dave davey
  deborah debbie deb|diego dido|dietrich dieter|dimitrios dimitris mitsos|dmitry dima mitya|dominik dom nik|donald don
  dorothea doro thea|edward ed eddie ted ned|ekaterina katya|elena lena|elisabeth lisa elli sisi liesl|elizabeth liz beth lizzie
  eliska ela|emilia emmi milla|emmanuel manu|erzsebet erzsi|eugen gene|evelyn evi|ferdinand ferdi|florian flo|frances fran
  francesco franco checco|francisco paco fran pancho|francois fran|frank frankie|franziska franzi|frederick fred freddy
  friedrich fritz fred|gabriel gabe|gabriele gabi|gabriela gabi|georg schorsch|george georgie|gerald gerry|gerhard gerd
  gheorghe gigi|giacomo mino|giovanni gianni vanni|giulia giuli|giuseppe beppe pino peppe|gregor greg|guillaume guigui
  gunther gunni|gyorgy gyuri|hannah hanni|hanspeter hape hans peter|heinrich heiner heinz|helena leni|helene leni|henry harry hank
  hans hansi|ignacio nacho|ingrid inga|isabella isa bella|isabel isa bel|istvan pisti|ivan vanya|jacob jake|jacqueline jackie
  jadwiga jadzia|james jim jimmy jamie|jan honza janek|janina nina|jennifer jen jenny|jeremy jerry|jessica jess|jiri jirka
  joachim jo achim|joao jo|johann hans jo|johanna jo hanna|johannes hans hannes jo|john jack johnny jon|jonathan jon jonny
  jorg jo|jose pepe|josef sepp jo josi|joseph joe joey|joshua josh|joaquin quim quino|julia jule juli|jurgen jogi|karolina karo
  katarzyna kasia|katerina katka kate|katharina kathi kati|katherine kate kathy katie kat|kenneth ken kenny|kimberly kim
  klaus klausi|konstantin kostya|krzysztof krzys chris|ksenia ksyusha|laszlo laci|laura lauri|lawrence larry|leonard leo lenny
  leonardo leo|lorenzo renzo|lucas luke|ludwig lutz wiggerl|luis lucho|lukas luki|lukasz luki|magdalena lena magda|malgorzata gosia
  manuel manu|manuela manu ela|marcus marc mark|margaret maggie meg peggy|margarete grete gretel|maria mia mary|mariajose majo
  marie mimi|markus mark|martin marty|martina tina|mathilde tilda|matthew matt|matteo teo|matthias matze matt hias|maximilian max
  megan meg|mehmet memo|melanie mel melli|michael mike micha michi mick|michaela michi ela|michal misha|mikhail misha mike
  miklos miki|milena mila|mohammed mo|monika moni|mladen mladi|natalya natasha nata|natalia natalie nata|nathaniel nate nat
  nicholas nick nico|nicola nico nicky|nicole nici nicki|niccolo nico|nikolaus klaus nik|norbert nobbi|olga olya|oliver olli oli
  olivia liv livvy|ondrej ondra|oscar ossi|patricia pat patty trish|patrick pat paddy|pawel pawelek|pedro perico|peter pete
  petra peti|philip phil|philipp phil|rachel rach|rafael rafa|raffaele lello raf|raimund rai|rainer rai|raymond ray|rebecca becky becca
  reinhard reini|renate nati|richard rick dick rich ritchie|robert bob rob robbie bobby|roberto beto|roger rog|roland rolli
  ronald ron ronnie|rosemarie rosi|rudolf rudi rolf|sabine bine|samantha sam|samuel sam sammy|sandra sandy|sebastian basti seb
  sergey seryozha|sergio checo|siegfried sigi|silvia silvi|simone simi|sofia sonya|sophie soph|stanislaw staszek|stefan steff
  stefanie steffi|stephan steph|stephanie steph steffi|stephen steve|steven steve|susan sue susie|susanne susi sanne
  tatyana tanya|teresa tere|tereza terka|theodor theo|theresa resi tess|theresia resi|thomas tom tommy|timothy tim timmy|tobias tobi
  tomas tom|tomasz tomek|torsten totti|ulrich uli ulli|ulrike ulli rike|ursula ulla uschi|vaclav vasek|valentin vali|valentina vale
  vanessa nessa|veronika vroni vera|victor vic|victoria vicky tori|viktoria vicky|vincent vince vinnie|vladimir vlad vova
  vojtech vojta|walter walt|werner wern|wilhelm willi will|william bill will billy willy liam|winfried winni|wojciech wojtek
  wolfgang wolf wolfi|yulia julia|zdenek zdenda|zofia zosia|zsofia zsofi`

/** Short forms by given name, both in plain lower-case letters. */
export const nicknames: ReadonlyMap<string, readonly string[]> = new Map(
  entries
    .split(/[|\n]/)
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map(entry => {
      const [name = '', ...shorts] = entry.split(' ')
      return [name, shorts]
    }),
)
