/** Given names of many countries as the attacker's dictionary has them, for rooms named after somebody else. */
const names = `
  adam adrian agnes ahmed aisha alan albert alejandro alessandro alex alexander alexandra alexei alfred ali alice alicia
  alina amanda amelia amina amir amy ana anastasia andre andrea andreas andrei andrew andrzej angela angelika anita anja
  anke ann anna anne annette anthony anton antonio ariel arthur asha astrid axel aylin aziz barbara beata beate ben
  benjamin bernard bernd bettina birgit bjorn brenda brian bruno camilla carla carlos carmen carol carolina caroline
  catherine cecilia chloe christian christina christine christoph christopher cindy clara claudia claudio clemens
  cristina dagmar daniel daniela david deborah denis dennis diana diego dieter dietmar dirk dmitri dominik donald donna
  doris dorota dorothea edith edward ekaterina elena elias elif elisa elisabeth elizabeth elke ella ellen emil emilia
  emily emma enrico eric erik erika erna ernst esra esther eugen eva evelyn fabian fatima fatma felix ferdinand florian
  francesca francesco francisco francois frank franz franziska fred frederik friedrich fritz gabriel gabriela gabriele
  georg george gerald gerd gerhard gertrud giorgio giovanni gisela giulia giuseppe gloria grace greta gregor guido
  gunther gustav hakan hanna hannah hans harald harold hassan hedwig heidi heike heiko heinrich heinz helen helena helene
  helga helmut hendrik henri henry herbert hermann hilda hiroshi horst hubert hugo ibrahim igor ilse inga inge ingeborg
  ingrid irena irene iris irma isabel isabella ivan ivana jack jacob jacqueline jakob jakub james jan jana jane janet
  janina jaroslav jason javier jean jeff jennifer jens jessica jiri joachim joan joao joe johann johanna johannes john
  jonas jonathan jorg jorge jose josef joseph joshua juan judith julia julian juliane julie jurgen justin kai karen karin
  karl karla karolina kate katharina kathleen kathrin katja kemal ken kerstin kevin khalid kim klara klaus konrad
  krzysztof kurt lars laura lea leah lena leo leon leonard leonie leyla lili lina linda lisa liselotte lorenz louis louise
  luca lucas lucia lucy ludwig luis luisa lukas luke lydia magda magdalena manfred manuel manuela marc marcel marcin marco
  marcus margaret margarete maria mariam marie marina mario marion marius mark markus marta martha martin martina mary
  maryam mateusz mathias matteo matthew matthias maurice mauro maxim maximilian mehmet melanie michael michaela michal
  michel michelle miguel milan milena mirjam mohamed mohammed monica monika moritz murat mustafa nadia nadine nancy
  natalia natalie natasha nathan nele nicholas nicola nicolas nicole nikolai nils nina noah nora norbert norman olaf
  oleg olga oliver olivia omar oscar oskar otto pablo pamela pascal patricia patrick paul paula pauline pavel pedro
  peter petr petra philip philipp pierre pieter piotr priya rafael rahul raj rainer ralf ralph ramona raphael raul
  rebecca regina reinhard renate rene ricardo richard rita robert roberto roger roland rolf roman ronald rosa rosemarie
  roswitha rudolf ruth ryan sabina sabine sabrina salma samir samuel sandra sara sarah sascha scott sean sebastian selma
  sergei sergio sharon sibylle siegfried sigrid silke silvia simon simone soren sonja sophia sophie stanislav stefan
  stefanie stephan stephanie stephen steven sunita susan susanne sven svetlana sylvia tamara tania tanja tatiana ted
  teresa thea theo theodor theresa thomas thorsten tim timo tina tobias tom tomas tomasz torsten ulf ulrich ulrike ursula
  ute uwe valentin valentina valeria vanessa vera verena veronika victoria viktor vincent viola vladimir volker walter
  wei wendy werner wilfried wilhelm william wolfgang xavier yasmin yuki yuri yusuf yvonne zeynep zofia`

export const givenNames: readonly string[] = [...new Set(names.trim().split(/\s+/))]
