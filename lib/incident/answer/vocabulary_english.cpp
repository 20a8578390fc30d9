// Plainly spelled, without apostrophes ("cant", "dont", "im"). What could be read both ways stands
// under hedge, or nowhere.
#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

namespace {

using enum Meaning;

constexpr Words kEnglish[] = {
    {yes,
     "y|yes|yess|yea|yeah|yeh|ye|yep|yup|yip|ya|yas|yh|yer|aye|yed|ues|yws|yse|yees|ys|affirmative|"
     "definitely|defo|absolutely|certainly|of course|ofc|will do|for sure|count me in|happy "
     "to|gladly|yes please|yes pls|✅|✔|☑|🙋|💪|🟢"},
    {okay,
     "👍|ok|okay|okey|kk|okie|okies|okey dokey|k|sure|fine|no problem|no prob|no probs|no "
     "problems|no "
     "worries|no bother|no issue|no issues|no trouble|np|not a problem|i can|we can|👌|🆗|yes i "
     "can|sure thing|alright|all right|right|roger|roger that|wilco|copy that|available|im "
     "available|i am available|im free|i am free"},
    {coming,
     "coming|comin|comming|coning|cming|comung|coming in|coming now|am coming|im coming|come|come "
     "in|will come|will come in|i will come|ill come|on my way|on way|on the way|omw|otw|on me "
     "way|en route|enroute|heading in|heading over|heading there|heading to work|on route|driving "
     "in|driving there|driving now|travelling in|traveling in|cycling in|walking in|getting in the "
     "car|in the car|in car|in a taxi|in the taxi|in taxi|in an uber|will be in|ill be in|can be "
     "in|be in|can get in|can get there|will get there|ill get there|can be there|be there|will be "
     "there|ill be there|b there|be with you|will be with you|ill be with you|with you|with u|see "
     "you in|see u in|c u in|see you at|see u at|see you soon|see u soon|can make it|will make "
     "it|i can make it|make it in|make it there|make it by|arriving|arrive|will arrive|ill "
     "arrive|expect me|expected|expected arrival|get there|getting there|can attend|will "
     "attend|attending|going in|on it|reporting in|🏃|🚗|🚙|🚕|🚲|🚴|🚌"},
    {there, "there|away|out|drive|drive away|journey|travel|travel time|travelling time"},
    {no,
     "n|no|noo|nope|nop|nah|nay|negative|no can do|no chance|no way|no thanks|no thank you|no "
     "thx|no ta|no sorry|not a chance|not this time|not possible|not able|not able to|not able to "
     "come|not able to come in|not able to make it|not able to attend|not able to help|not "
     "available|not free|im not available|im not able|i am not available|i am not able|not going "
     "to make it|not gonna make it|not going to be able|not gonna be able|cant|cannot|can "
     "not|cnt|carnt|cannt|cant come|cant come in|cannot come|cannot come in|can not come|can not "
     "come in|cant make it|cannot make it|can not make it|cant make it in|cant get in|cannot get "
     "in|cant get there|cannot get there|cant do it|cant do|cant do tonight|cant do this|cant "
     "help|cannot help|cant attend|cannot attend|cant be there|cannot be there|cant "
     "sorry|unable|unable to|unable to come|unable to come in|unable to attend|unable to make "
     "it|unable to help|unable to get in|wont make it|wont be able|wont be able to|wont be able to "
     "come|wont be able to come in|wont be coming|wont be coming in|will not be coming|will not be "
     "coming in|will not come|wont come|will not be able|will not be able to|wont be able to make "
     "it|wont be in|wont be there|not coming|not coming in|im not coming|i am not "
     "coming|unavailable|decline|declined|declining|afraid not|im afraid not|sorry not|not "
     "me|count me out|i pass|ill pass|will pass|have to decline|must decline|have to say no|going "
     "to have to pass|👎|❌|✖|✗|✘|🚫|⛔|🙅|🔴"},
    {not_now,
     "not now|not right now|not yet|not immediately|not straight away|cant now|cant come "
     "now|cannot come now|cant right now|cant come right now|not straightaway|cant yet|cant come "
     "yet|cant come straight away|cant come immediately|not at the moment"},
    {later, "l|later|latr|ltr|later on|lter|laterr|l8r|can do later|could do later"},
    {last_resort,
     "lr|last resort|as a last resort|as last resort|only as a last resort|a last resort|only if "
     "you are short|only if youre short|only if your short|only if ur short|only if u r short|only "
     "if really short|only if you are really short|only if youre really short|only if youre very "
     "short|only if you are very short|only if u are short|only if they are short|only if theyre "
     "short|only if needed|only if you need me|only if really needed|only if i am needed|only if "
     "im needed|only if you really need me|only if u really need me|only if u need me|only if "
     "desperate|only if youre desperate|only if you are desperate|only if ur desperate|only if "
     "your desperate|only if u r desperate|only if absolutely necessary|only if necessary|only if "
     "essential|only if absolutely needed|only if absolutely desperate|only if really "
     "desperate|only if stuck|only if youre stuck|only if you are stuck|only if really stuck|only "
     "if youre really stuck|only if your stuck|only if ur stuck|only if short staffed|only if "
     "youre short staffed|only if no one else|only if noone else|only if nobody else|only if there "
     "is no one else|only if theres no one else|only if theres nobody else|only if there is nobody "
     "else|only if you cant find anyone else|only if you cant get anyone else|only if you have no "
     "one else|only if youve no one else|only if needs must|only in an emergency|only if "
     "desperately needed|only if critical|if desperate|if youre desperate|if you are desperate|if "
     "ur desperate|if u r desperate|if really desperate|if absolutely necessary|if absolutely "
     "needed|if youre really short|if you are really short|if youre short|if you are short|if ur "
     "short|if short|if your short|if really short|if really stuck|if youre stuck|if you are "
     "stuck|if youre really stuck|if no one else|if nobody else|if noone else|if there is no one "
     "else|if theres no one else|if you really need me|if really needed|if desperately needed|if "
     "no one else can|if you cant find anyone else|if you cant get anyone else|if needs "
     "must|reserve only|backup only|emergency only|only when short"},
    {here,
     "here|im here|i am here|here now|im here now|am here|already here|still here|im still here|i "
     "am still here|arrived|arived|arrved|arrivd|have arrived|i have arrived|ive arrived|just "
     "arrived|got here|just got here|in the building|made it|i made it|signed in|checked "
     "in|reported in|present"},
    {at_hospital,
     "im there|i am there|there now|already there|im in ed|in ed|at ed|at the ed|in the ed|at "
     "ae|in ae|at a e|in a e|at casualty|at hospital|at the hospital|in the hospital|on "
     "site|onsite|at site|on the ward|on ward|at the ward|in resus|at resus|in theatre|in "
     "theatres|at theatre|at theatres|on itu|in itu|at itu|on icu|in icu|at icu|at the front "
     "door|at reception|at the muster point|at the muster|at muster|at the rvp|in the "
     "department|in department|in the dept|in dept|at the department|at the main entrance|in the "
     "car park|in car park"},
    {leaving,
     "leaving|leving|leavin|leaving the ward|leaving site|leaving ed|leaving the building|leaving "
     "the department|leaving the site|have to leave|i have to leave|need to leave|i need to "
     "leave|must leave|i must leave|i must go|must go|have to go|i have to go|need to go home|have "
     "to go home|need to go|got to go|gotta go"},
    {departs,
     "leaving now|leave|leave now|left|just left|just leaving|leaving work|leaving work "
     "now|leaving in|leaving here|leaving soon|leaving shortly|going now|going|im going|about to "
     "leave|on my way out|on my way home|on way home|on the way home"},
    {regret,
     "sorry|soz|sry|sorrry|so sorry|im sorry|i am sorry|very "
     "sorry|unfortunately|apologies|afraid|im afraid|i am afraid|my "
     "apologies|regrettably|sadly|regret"},
    {excuse,
     "im away|i am away|am away|currently away|away tonight|away from home|away this week|away "
     "until|away till|away on holiday|away with|away at|away atm|away for|holiday|on hols|on al|on "
     "a l|sick|ill|im ill|unwell|not well|poorly|covid|got covid|have "
     "covid|flu|norovirus|isolating|maternity leave|paternity leave|drunk|drinking|been "
     "drinking|had a drink|had a few|had a few drinks|had too much|had drinks|had wine|had some "
     "wine|over the limit|under the influence|in the pub|at the pub|out of country|out of town|not "
     "in the country|not in country|not in the uk|in hospital myself|not fit to drive|not safe to "
     "drive|not fit for work|at the airport|at a wedding|at a funeral|no childcare|no child "
     "care|no babysitter|no car|no transport|no lift|no one to mind the kids|no one to look after "
     "the kids|dont have childcare|havent got childcare|dont have a car|broken leg|broken "
     "ankle|injured|😷|🤒|🤢|🤮|🍷|🍺|🍻|🏖|✈"},
    {hedge,
     "maybe|mayb|perhaps|possibly|poss|might|may "
     "be|probably|prob|probs|prolly|hopefully|hope|hoping|try|trying|tries|think|thinking|guess|"
     "depends|depending|or|either|otherwise|could|would|should|shld|unsure|not sure|im not "
     "sure|let me|let you know|checking|check|get back to you|ring you|call "
     "you|ask|asking|lyk|joke|joking|kidding|wrong number|wrong "
     "person|test|testing|cancel|cancelled|ignore|actually|wait|instead|changed my "
     "mind|scrap|correction|meant|i mean|mean|oops|was|were|had|would have|used "
     "to|he|she|they|hes|shes|him|her|them|my wife|my husband|someone|somebody|someone "
     "else|anyone|anybody|no one|noone|nobody|no idea|no clue|dont know|dunno|idk|not certain|cant "
     "say|cant tell|cant promise|cant guarantee|why not|y not|yes and no|yes no|no yes|in two "
     "minds|yesterday|last night|late|before|no longer than|see you later|see u later|speak "
     "later|talk later|call later|call me later|will call "
     "later|liked|loved|disliked|emphasised|emphasized|laughed|questioned|reacted|but "
     "also|whichever|whatever|unlikely|likely|doubt|doubtful|no doubt|forget|never "
     "mind|nevermind|no need|not needed|stop|unsubscribe|help|stand down|standing down|in "
     "hospital|in the hospital myself|no more|no longer|no later|no time|no idea why|no reply|no "
     "answer|no signal|rather|prefer|except|half way|im out|out of|want me|need "
     "me|needed|want|still|🤔|🤷|🙃|😉"},
    {negation,
     "not|never|nothing|none|neither|nor|dont|doesnt|didnt|isnt|arent|wasnt|werent|hasnt|havent|"
     "hadnt|wont|couldnt|wouldnt|shouldnt|aint|without|do not|did not|have not|will not|not "
     "going|not gonna|hardly|barely"},
    {asks,
     "who|whos|what|whats|where|wheres|when|whens|why|how|hows|which|do you|do u|d you|did you|can "
     "you|can u|can i|could you|could i|would you|shall i|shall we|should i|do i|am i|will "
     "you|have you|are you|r u|r you|is it|is this|is that|y me|wtf|wot|wat|huh|eh"},
    {but, "but|although|though|however|except that"},
    {because, "because|cos|coz|bc|cause|cuz|as im|as i am|as ive|as i have|since im"},
    {duration, "half an hour|half hour|half hr|half an hr|half n hour|1/2 hour|half a hour", 30},
    {duration, "an hour|a hour|one hour|an hr|a hr|one hr|the hour", 60},
    {duration, "quarter of an hour|a quarter of an hour|quarter hour|quarter of hour", 15},
    {duration, "three quarters of an hour|three quarters of hour|three quarter hour", 45},
    {duration,
     "an hour and a half|hour and a half|hour and half|one and a half hours|one and a half hrs|an "
     "hour and half|hr and a half|an hour n a half",
     90},
    {duration, "two and a half hours|two hours and a half|two and half hours", 150},
    {duration, "an hour and a quarter|hour and a quarter", 75},
    {hedge,
     "couple of hours|a couple of hours|few hours|a few hours|few minutes|a few minutes|few mins|a "
     "few mins|couple of minutes|couple of mins|some minutes|some hours|a while"},
    {minutes,
     "min|mins|minute|minutes|m|mn|mns|minuts|mints|minits|minnutes|minuites|minuets|mis|minute s"},
    {hours, "h|hr|hrs|hour|hours|hous|hor|hors|hurs"},
    {half, "half|1/2"},
    {quarter, "quarter"},
    {past, "past"},
    {to, "to"},
    {in,
     "in|within|inside|inside of|in about|in approx|in around|in roughly|in under|in less "
     "than|less than|under|in the next"},
    {eta, "eta|e t a|estimated arrival|estimated time of arrival|my eta|eta is|arrival"},
    {at, "at|for about"},
    {by,
     "by|by about|by around|by approx|no later than|not later than|latest by|at the latest by|by "
     "the latest|on or before"},
    {from,
     "from|from about|from around|starting|starting at|starting from|available from|free from|im "
     "free from|im available from|can come from|can do from|free at|available at|any time "
     "from|anytime from|only from|come in from|can come in from|as of"},
    {after,
     "after|after about|only after|any time after|anytime after|free after|available after|im free "
     "after|can come after|come after|come in after|can come in after|can do after"},
    {not_before,
     "not before|not until|not till|not til|cant before|cant until|cant till|cant til|cannot "
     "before|cannot until|can not before|can not until|cant come before|cant come until|cant come "
     "till|cant come in before|cant come in until|cant come in till|cannot come before|cannot come "
     "until|cannot come in until|cannot come in before|not available until|not available "
     "before|not available till|not free until|not free till|not free before|im not free until|im "
     "not free till|cant be there before|cant be there until|cant be there till|cant get there "
     "before|cant get there until|cant get there till|cant make it before|cant make it until|cant "
     "make it till|wont be there before|wont be there until|wont be there till|no earlier than|not "
     "earlier than|no sooner than|not sooner than|unavailable until|unavailable till|unable to "
     "come until|unable to come before|unable until|not able to come until|not able to come "
     "before|cant get in until|cant get in before|cant get in till|not coming until|not coming "
     "before|wont be free until|wont be available until|wont be in until|wont be in before|cant do "
     "before|cant do until|cant leave before|cant leave until|cant leave till"},
    {until, "until|till|til|up to"},
    {lasting, "for|for the"},
    {about,
     "about|approx|approximately|around|roughly|circa|abt|ish|or so|roughly "
     "about|only|just|another|max|maximum|tops|at most|at the latest|latest|est|estimated|the "
     "next|say|c|give me|give or take|exactly|like|now|right now"},
    {at_least, "at least|more than|over|minimum|min of|earliest|at the earliest|the earliest|plus"},
    {ago, "ago|since|earlier"},
    {onwards, "onwards|onward|on wards|and after|and onwards"},
    {am, "am|a m"},
    {am, "in the morning|tomorrow am", 1},
    {pm, "pm|p m|in the evening|in the afternoon|at night"},
    {morning, "morning|this morning"},
    {evening, "evening|this evening|tonight|tonite|2nite|afternoon|this afternoon|night|2night"},
    {oclock, "oclock|o clock"},
    {tomorrow, "tomorrow|tmrw|tomoz|tmr|2moro|tomorow|tommorow|tommorrow|2morrow|tomorrrow"},
    {weekday, "sunday|sun", 0},
    {weekday, "monday|mon", 1},
    {weekday, "tuesday|tues|tue", 2},
    {weekday, "wednesday|weds|wed", 3},
    {weekday, "thursday|thurs|thur|thu", 4},
    {weekday, "friday|fri", 5},
    {weekday, "saturday|sat", 6},
    {midday, "noon|midday|12 noon"},
    {midnight, "midnight"},
    {both, "and"},
    {number, "five", 5},
    {number, "one", 1},
    {number, "two", 2},
    {number, "three", 3},
    {number, "four", 4},
    {number, "six", 6},
    {number, "seven", 7},
    {number, "eight", 8},
    {number, "nine", 9},
    {number, "ten", 10},
    {number, "eleven", 11},
    {number, "twelve", 12},
    {number, "fifteen|fiveteen", 15},
    {number, "twenty", 20},
    {number, "twenty five|twentyfive", 25},
    {number, "thirty|thirthy", 30},
    {number, "thirty five|thirtyfive", 35},
    {number, "forty|fourty", 40},
    {number, "forty five|fourty five|fortyfive", 45},
    {number, "fifty", 50},
    {number, "fifty five", 55},
    {number, "sixty", 60},
    {number, "ninety", 90},
    {filler,
     "i|im|i am|ive|i have|we|me|my|mine|myself|the|a|an|will|i "
     "will|it|its|this|that|of|on|very|much|too|really|please|pls|plz|thanks|thank you|thank "
     "u|thankyou|thx|ta|cheers|ty|many "
     "thanks|hi|hiya|hello|hey|dear|all|team|everyone|everybody|guys|mate|sir|madam|doctor|dr|both|"
     "x|xx|xxx|xo|regards|kind|kind regards|best|best wishes|wishes|good|good morning|good "
     "evening|good night|good afternoon|straight|straight away|immediately|asap|shortly|soon|got "
     "it|got this|message "
     "received|received|understood|noted|ack|acknowledged|confirm|confirmed|get|got|go|make|have|"
     "has|can|need|lol|haha|yay|so so|well|oh|ah|um|er|god|today|from home|from work|to you|to "
     "work|to hospital|to the hospital|to ed|in to work|into work|to help|help you|if thats ok|if "
     "that is ok|if ok|if thats okay|ed|ae|a e|hospital|the hospital|the ed|here is|at the "
     "moment|atm|currently|already|as soon as i can|as soon as possible|quick as i can|as fast as "
     "i can|as quick as i can"},
    {filler,
     "ward|the ward|work|site|home|at home|im at home|with|kids|the "
     "kids|children|working|busy|tired|asleep|in bed|bed|on shift|at work|im at work|on "
     "nights|nights|night shift|on a night shift|day off|family|car|this time|this week|all "
     "week|next week|weekend|this weekend|on call|got the kids|have the kids|with the kids|on my "
     "own|alone|yet|anymore|any more|time|early|childcare|child care|work tomorrow|another "
     "hospital|my day off|just got in",
     1},
    {hedge, "home in|be home|home by|home at|home after|arrives|home before|home from"},
    {asks, "is|are|does|did|has it", 1},
    {coming, "can come|can come in|i can come|can cover|can help|could you use me", 1},
    {okay, "can do|i can do|we can do", 2},
    {not_tonight, "not tonight|not today"},
    {leaving,
     "going home|going home now|im going home|am going home|i am going home|heading home|heading "
     "home now|off home|off home now|gone home|have gone home|ive gone home|i have gone home|have "
     "left the hospital|ive left the hospital|i have left the hospital|left the hospital|left the "
     "building|left site|left hospital|leaving the hospital|leaving hospital|signing off|signed "
     "off|signing out|signed out",
     1},
    {hedge,
     "going home first|going home to|yeah right|yh right|yes right|hang on|hold on|bear with|ask "
     "me|call me|ring me|text me|phone me|can ring|test call|my brother|my sister|my son|my "
     "daughter|the wife|the husband|says|said|told|if you need me|if needed|if required|if you "
     "want|if you like"},
    {sets_off,
     "leaving home|leaving the house|leaving house|setting off|set off|setting out|heading "
     "out|heading off|leaving my house|leaving mine|left home|just left home|left the house|just "
     "left the house|just leaving home|just leaving the house|just setting off|about to set off"},
    {coming,
     "setting off now|leaving home now|leaving the house now|leaving house now|heading out "
     "now|heading off now|on my bike|getting a taxi|getting taxi|get a taxi|getting an "
     "uber|getting a cab|getting the bus|getting the train|getting a lift|will get a taxi|in an "
     "uber|jumping in the car|jumping in a taxi|hopping in the car|off to you|im off to you|nearly "
     "there|almost there|shall be there|i shall be there|be there in a jiffy|wont be long|will be "
     "over|be over|b there|be there soon"},
    {there, "running late|im running late|delayed|delay|traffic bad|bad traffic|make it"},
    {asks,
     "where do you want me|where do you need me|where do i go|where do i report|where should i "
     "go|which entrance|what entrance|which door|do you still need me"},
    {asks, "whose|wld i|would i|yet to"},
    {filler,
     "cant wait to help|can not wait|nothing stopping me|no traffic|not far|not far away|no "
     "sleep|no need to ask|dont worry|do not worry|dont need asking twice|dont need to ask|dont "
     "need to be asked|wouldnt miss it|never say no|cant say no|i cant say no|cant sleep|cant "
     "sleep anyway|not drinking|havent been drinking|have not been drinking|not been "
     "drinking|havent had a drink|have not had a drink|not had a drink|not late|no rush "
     "needed|dont mind|i dont mind|not fussed|dont know when|not sure when|not sure how long|dont "
     "know how long|not sure what time|dont know what time"},
    {okay,
     "nae bother|nae bother at all|nae probs|glad to help|would be glad to help|i would be glad to "
     "help|would be happy to help|i would be happy to help|happy to help|happy to come|happy to "
     "come in|glad to come|course|yes course"},
    {yes,
     "tes|yse|och aye|deffo|definately|yes love|yes mate|yes boss|yes sure|yes ok|yes ofc|yes can "
     "do|yes of course|yes no problem|yes np|yes happy to|yes def|def"},
    {in, "no more than|not more than"},
    {filler,
     "taxi|a taxi|cab|uber|bus|train|tram|bike|walk|walking|walk in|drive in|driving|petrol|for "
     "petrol|for fuel|stop for petrol|stop for fuel|bus stop|the bus stop|at the bus "
     "stop|parking|just parking|parking up|getting dressed|just getting dressed|get "
     "dressed|shower|quick shower|defrost|defrosting|defrost the car|the car|drop|drop the "
     "kids|drop kids|drop the kids off|drop kids off|dropping|dropping the kids off|dropping kids "
     "off|dropping kids|walk the dog|the dog|dog|feed the cat|feed the dog|finding shoes|finding "
     "my shoes|my shoes|traffic|the traffic|need "
     "to|getting|grabbing|grab|uniform|scrubs|coat|keys|my keys|road "
     "closed|closed|love|booked|happy new year|merry christmas"},
    {filler,
     "been relieved|ive been relieved|stood down|been stood down|handed over|handover done|shift "
     "done|finished|finished now|all done|finished my shift|finished here"},
    {filler, "you|u|your|ur", 1},
    {no,
     "unfortunately not|sadly not|not this time|not for me|dont count on me|do not count on "
     "me|cant drive|cannot drive|can not drive|i said no|no way of getting in|no way to get in|not "
     "going to happen|not happening|no chance sorry|count me out|not coming|its a no|its a no from "
     "me|a no from me|have to say no|no from me"},
    {excuse,
     "mat leave|long term sick|pregnant|had covid|ive got covid|got flu|just had "
     "surgery|retired|ive retired"},
    {last_resort,
     "only as last resort|reserve|reserve list|as reserve|as a reserve|put me in reserve|backup|as "
     "backup|as a backup|put me down as backup|put me down as reserve|put me down as last "
     "resort|use me as last resort|use me as a last resort|back up|last resort only"},
    {only_if,
     "only if|only when|not unless|no unless|nope unless|nah unless|rather not unless|prefer not "
     "unless|not really unless|but only if|prefer not but will if|rather not but will if|no but "
     "will if|dont want to but will if|would rather not unless|id rather not unless"},
    {shortage,
     "short|short staffed|shortstaffed|short of staff|desperate|stuck|struggling|really "
     "needed|absolutely needed|absolutely necessary|desperately needed|no one else|noone "
     "else|nobody else|no other option|cant find anyone else|cant get anyone else|cant find "
     "anyone|cant get anyone|have no one else|have nobody else|absolutely desperate|no one else "
     "can|nobody else can|no alternative"},
    {filler,
     "youre|you are|u are|u r|they are|theyre|there is|theres|there are|we "
     "are|totally|extremely|truly|properly|that"},
    {stop,
     "stopall|stop all|opt out|optout|stop texting me|stop messaging me|stop sending me these|stop "
     "sending me this|stop sending me messages|stop sending me texts|stop sending these|stop "
     "sending messages|stop contacting me|stop emailing me|stop calling me|remove me|remove me "
     "from this list|remove my number|remove my number from this list|take me off this list|take "
     "me off the list|take my number off this list|unsubscribe me|stop these messages|stop all "
     "messages|stop messages"},
    {later,
     "later today|later tonight|in the morning then|after work|after my shift|after shift|after "
     "handover|after school run|after the school run|after clinic|after my clinic|after "
     "nights|cover day shift tomorrow"},
    {from,
     "start at|can start at|starting work at|can be there from|glad to help from|happy to help "
     "from"},
    {so, "so|hence|therefore"},
    {minutes, "minites|mims"},
    {duration, "3/4 hr|3/4 hour|3/4 of an hour|3/4 h|3 quarters of an hour", 45},
    {about, "gimme|be|will be|ill be|i will be|should only be|taking|takes|more like"},
    {only_if, "if|unless"},
    {filler, "option|press|answer|reply|my answer|answer is|number|key", 2},
    {excuse,
     "abroad|im abroad|i am abroad|overseas|on holiday|im on holiday|i am on holiday|on "
     "holidays|annual leave|on annual leave|im on annual leave|i am on annual leave|on leave|im on "
     "leave|i am on leave|off sick|im off sick|i am off sick|out of the country|im out of the "
     "country|on maternity leave|on mat leave|on sick leave|on vacation",
     1},
    {because, "then"},
    {at_hospital,
     "at front door|at main reception|at the doors|outside ed|outside ed doors|at ed doors|at the "
     "ed doors|outside the ed|at the main reception|outside main entrance|at main entrance"},
    {hedge,
     "arrived home|just arrived home|got home|just got home|here at home|arrived in|arrived at "
     "home|cant come soon enough|hours only|hour only|hrs only|min only|mins only|minutes only"},
};

}  // namespace

std::span<const Words> english_words() { return kEnglish; }

}  // namespace tocsin::incident
