// In Arabic script, and in Latin letters as people spell it on a telephone.
#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

namespace {

using enum Meaning;

constexpr Words kUrdu[] = {
    {yes,
     "ہاں|جی|جی ہاں|ہاں جی|بالکل|ضرور|haan|han|haa|haan ji|han ji|ji|jee|ji haan|ji han|jee "
     "haan|jee han|bilkul|zaroor|zarur|haanji|hanji|ji bilkul"},
    {okay,
     "ٹھیک ہے|ٹھیک|اچھا|کوئی بات نہیں|کوئی مسئلہ نہیں|theek hai|thik hai|teek "
     "hai|theek|thik|acha|accha|koi baat nahi|koi masla nahi|koi masla nahin|koi baat nahin"},
    {coming,
     "آ رہا ہوں|آ رہی ہوں|آرہا ہوں|آرہی ہوں|آ رہا|آ رہی|میں آ رہا ہوں|میں آ رہی ہوں|میں آرہا "
     "ہوں|میں آرہی ہوں|آتا ہوں|آتی ہوں|آ جاؤں گا|آ جاؤں گی|آؤں گا|آؤں گی|پہنچ جاؤں گا|پہنچ جاؤں "
     "گی|پہنچ رہا ہوں|پہنچ رہی ہوں|پہنچتا ہوں|پہنچتی ہوں|راستے میں|راستے میں ہوں|میں راستے میں "
     "ہوں|میں ابھی آ رہا ہوں|میں ابھی آ رہی ہوں|aa raha hoon|aa rahi hoon|aa raha hun|aa rahi "
     "hun|aa raha hu|aa rahi hu|a raha hoon|a rahi hoon|a raha hun|a rahi hun|a raha hu|a rahi "
     "hu|araha hoon|arahi hoon|araha hun|arahi hun|aaraha hoon|aarahi hoon|aaraha hun|aarahi "
     "hun|ata hoon|ati hoon|aata hoon|aati hoon|ata hun|ati hun|aata hun|aati hun|aa jaunga|aa "
     "jaungi|ajaunga|ajaungi|aajaunga|aajaungi|aa jaoon ga|aa jaon ga|aa jaon "
     "gi|aunga|aungi|aaunga|aaungi|pohanch jaunga|pohanch jaungi|pohnch jaunga|pohnch "
     "jaungi|pahunch jaunga|pahunch jaungi|pohanch raha hoon|pohanch rahi hoon|pohanch raha "
     "hun|pohanch rahi hun|pohnch raha hun|pohnch rahi hun|pahunch raha hoon|pahunch rahi "
     "hoon|pohanchta hoon|pohanchti hoon|raste mein|raste main|raaste mein|raste mein hoon|raste "
     "mein hun|raste me hun|raaste mein hoon"},
    {no,
     "نہیں|جی نہیں|نہ|نہیں آ سکتا|نہیں آ سکتی|نہیں آسکتا|نہیں آسکتی|میں نہیں آ سکتا|میں نہیں آ "
     "سکتی|میں نہیں آسکتا|میں نہیں آسکتی|نہیں آ سکتا ہوں|نہیں آ سکتی ہوں|میں نہیں آ رہا|میں نہیں آ "
     "رہی|نہیں آ رہا|نہیں آ رہی|نہیں آؤں گا|نہیں آؤں گی|معذرت نہیں|نہیں آ پاؤں گا|نہیں آ پاؤں "
     "گی|nahi|nahin|nai|nahee|nhi|nhin|ji nahi|ji nahin|jee nahi|nahi aa sakta|nahi aa sakti|nahin "
     "aa sakta|nahin aa sakti|nahi a sakta|nahi a sakti|nahi aasakta|nahi aasakti|nahi aa sakta "
     "hoon|nahi aa sakti hoon|nahi aa sakta hun|nahi aa sakti hun|nahi aa raha|nahi aa rahi|nahin "
     "aa raha|nahin aa rahi|nahi aaunga|nahi aaungi|nahi aa paunga|nahi aa paungi|nahi ho "
     "sakta|nahi ho payega|nahi aa raha hoon|nahi aa rahi hoon|nahi aa raha hun|nahi aa rahi "
     "hun|nhi aa sakta|nhi aa sakti|nai aa sakta|nai aa sakti|mumkin nahi|mumkin nahin|ممکن نہیں"},
    {not_now, "ابھی نہیں|abhi nahi|abhi nahin|abhi nahi aa sakta|abhi nahi aa sakti|abhi nhi"},
    {later,
     "بعد میں|میں بعد میں آ سکتا ہوں|میں بعد میں آ سکتی ہوں|بعد میں آ سکتا ہوں|بعد میں آ سکتی "
     "ہوں|بعد میں آؤں گا|بعد میں آؤں گی|baad mein|baad main|bad mein|bad main|baad me|bad me|baad "
     "mein aunga|baad mein aungi"},
    {last_resort,
     "صرف اگر عملہ کم ہو|اگر عملہ کم ہو|صرف ضرورت ہو تو|صرف اگر ضرورت ہو|اگر بہت ضرورت ہو|sirf "
     "agar zaroorat ho|sirf zaroorat ho to|agar bohat zaroorat ho|sirf agar staff kam ho|agar "
     "staff kam ho|sirf agar amla kam ho|agar koi aur na ho|sirf agar koi aur na ho|sirf agar "
     "zarurat ho|agar bohot zaroorat ho|agar bahut zaroorat ho"},
    {here,
     "پہنچ گیا|پہنچ گئی|پہنچ گیا ہوں|پہنچ گئی ہوں|میں پہنچ گیا|میں پہنچ گئی|میں پہنچ گیا ہوں|میں "
     "پہنچ گئی ہوں|آ گیا|آ گئی|آ گیا ہوں|آ گئی ہوں|آگیا|آگئی|یہاں ہوں|میں یہاں ہوں|میں اب بھی یہیں "
     "ہوں|یہیں ہوں|pohanch gaya|pohanch gayi|pohanch gai|pohanch gaya hoon|pohanch gayi "
     "hoon|pohanch gaya hun|pohanch gayi hun|pohnch gaya|pohnch gayi|pohnch gaya hun|pohnch gayi "
     "hun|pahunch gaya|pahunch gayi|pahunch gaya hoon|pahunch gayi hoon|pahunch gaya hun|pahunch "
     "gayi hun|aa gaya|aa gayi|aa gaya hoon|aa gayi hoon|aa gaya hun|aa gayi hun|agaya|agayi|agaya "
     "hun|agayi hun|yahan hoon|yahan hun|yahan hu|yahin hoon|yahin hun"},
    {at_hospital,
     "ہسپتال میں ہوں|میں ہسپتال میں ہوں|hospital mein hoon|hospital mein hun|hospital main "
     "hun|hospital me hun"},
    {leaving,
     "گھر جا رہا ہوں|گھر جا رہی ہوں|میں گھر جا رہا ہوں|میں گھر جا رہی ہوں|میں جا چکا ہوں|میں جا "
     "چکی ہوں|جا چکا ہوں|جا چکی ہوں|ghar ja raha hoon|ghar ja rahi hoon|ghar ja raha hun|ghar ja "
     "rahi hun|ghar ja raha hu|ghar ja rahi hu|hospital se ja raha hoon|hospital se ja rahi "
     "hoon|hospital se ja raha hun|hospital se ja rahi hun"},
    {departs,
     "نکل رہا ہوں|نکل رہی ہوں|نکل گیا|نکل گئی|جا رہا ہوں|جا رہی ہوں|nikal raha hoon|nikal rahi "
     "hoon|nikal raha hun|nikal rahi hun|nikal gaya|nikal gayi|ja raha hoon|ja rahi hoon|ja raha "
     "hun|ja rahi hun|ghar se nikal raha hun|ghar se nikal rahi hun|nikla|nikli"},
    {regret, "معذرت|معاف کیجیے|افسوس|maazrat|mazrat|maaf kijiye|maaf karna|afsos|maafi|mafi"},
    {excuse,
     "بیمار|بیمار ہوں|میں بیمار ہوں|چھٹی پر|چھٹی پر ہوں|ملک سے باہر|ملک سے باہر ہوں|شہر سے "
     "باہر|شہر سے باہر ہوں|bimar|bimar hoon|bimar hun|beemar|beemar hoon|beemar hun|chutti "
     "par|chutti pe|chutti par hoon|chutti par hun|chutti pe hun|mulk se bahar|mulk se bahar "
     "hun|mulk se bahar hoon|shehar se bahar|shehar se bahar hun|shehar se bahar hoon"},
    {hedge,
     "شاید|اگر|معلوم نہیں|پتہ نہیں|ہو سکتا ہے|کوشش|کوشش کروں گا|کوشش کروں "
     "گی|یا|پہلے|shayad|shyd|agar|pata nahi|pata nahin|maloom nahi|ho sakta hai|koshish|koshish "
     "karunga|koshish karungi|koshish karta hun|koshish karti hun|umeed|umeed "
     "hai|pehle|phele|woh|wo"},
    {negation, "مت|بغیر|mat|baghair|nahi hai|nahi hoon|nahi hun|nahin hoon"},
    {asks, "کیا|کون|کب|کہاں|کیوں|کیسے|kya|kia|kon|kaun|kab|kahan|kyun|kyon|kaise"},
    {but, "لیکن|مگر|lekin|magar|lekn"},
    {because, "کیونکہ|kyunke|kyunki|kyonke"},
    {duration,
     "آدھا گھنٹہ|آدھے گھنٹے|aadha ghanta|adha ghanta|aadhe ghante|adhe ghante|aadha ghnta|adha "
     "ghnta",
     30},
    {duration, "ایک گھنٹہ|ایک گھنٹے|گھنٹہ|ek ghanta|aik ghanta|ek ghante|aik ghante|ghanta", 60},
    {duration, "ڈیڑھ گھنٹہ|ڈیڑھ گھنٹے|dedh ghanta|dedh ghante|derh ghanta|derh ghante", 90},
    {duration, "دو گھنٹے|do ghante|do ghanta", 120},
    {duration, "پون گھنٹہ|پون گھنٹے|pon ghanta|paun ghanta|pon ghante", 45},
    {minutes, "منٹ|منٹوں|mint|minat"},
    {hours, "گھنٹے|گھنٹوں|ghante|ghnte|ghantay|ghantey"},
    {onwards,
     "سے|کے بعد|سے پہلے نہیں|se|ke baad|kay baad|k baad|ke bad|se pehle nahi|se pehle nahin|کے بعد "
     "آ سکتا ہوں|کے بعد آ سکتی ہوں|سے آ سکتا ہوں|سے آ سکتی ہوں|se aa sakta hoon|se aa sakti "
     "hoon|se aa sakta hun|se aa sakti hun|ke baad aa sakta hoon|ke baad aa sakti hoon|ke baad aa "
     "sakta hun|ke baad aa sakti hun"},
    {by, "تک"},
    {about, "تقریبا|تقریباً|قریب|taqreeban|takreeban|qareeb|ابھی|abhi|bas|بس|sirf|صرف"},
    {am, "صبح|subah|subha|subh"},
    {pm, "شام|shaam|sham"},
    {evening, "رات|raat|rat"},
    {oclock, "بجے|baje|bajay|bje"},
    {oclock, "بجے تک|baje tak|bajay tak|bje tak", 1},  // by, and not the Polish yes
    {tomorrow, "کل|kal"},
    {number, "پانچ|panch|paanch", 5},
    {number, "دس|das", 10},
    {number, "پندرہ|pandrah|pandra|pndra", 15},
    {number, "بیس|bees|bis", 20},
    {number, "پچیس|pachees|pachis", 25},
    {number, "تیس|tees|tis", 30},
    {number, "پینتیس|paintees", 35},
    {number, "چالیس|chalis|chaalis|chalees", 40},
    {number, "پینتالیس|paintalis|paintalees", 45},
    {number, "پچاس|pachas", 50},
    {number, "سات|saat", 7},
    {number, "آٹھ|aath", 8},
    {filler,
     "میں|ہوں|ہے|شکریہ|السلام علیکم|سلام|براہ "
     "کرم|پلیز|آپ|جناب|اور|گا|گی|کو|پر|mein|main|hoon|hun|hu|hai|shukriya|shukria|salam|assalam o "
     "alaikum|aoa|aslam o "
     "alaikum|meharbani|plz|aap|ap|janab|sahib|sahab|aur|ga|gi|ko|par|pe|yar|yaar|bhai|baji|allah "
     "hafiz|inshallah|insha allah|in sha allah|ان شاء اللہ|ہسپتال|ghar|گھر|ke andar|k andar|minute "
     "me|lagenge|lagen ge|lag jayenge|lagein ge|لگیں گے|آج|aaj"},
    {coming,
     "آ سکتا ہوں|آ سکتی ہوں|میں آ سکتا ہوں|میں آ سکتی ہوں|aa sakta hoon|aa sakti hoon|aa sakta "
     "hun|aa sakti hun|a sakta hun|a sakti hun|a sakta hoon|a sakti hoon",
     1},
    {filler, "lagega|lagegi|lage ga|لگے گا|ab|اب"},
};

}  // namespace

std::span<const Words> urdu_words() { return kUrdu; }

}  // namespace tocsin::incident
