// Without accents and apostrophes ("dw i'n" is "dw in"), with the mutations that are written.
#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

namespace {

using enum Meaning;

constexpr Words kWelsh[] = {
    {yes,
     "ie|ia|ydw|yndw|gallaf|galla i|gallai|medra i|medraf|byddaf|wrth gwrs|ie plis|yn bendant"},
    {okay, "iawn|dim problem|oce|popeth yn iawn|siwr|dim probs"},
    {coming,
     "dod|yn dod|dwin dod|dw in dod|rwyn dod|rwy n dod|rydw in dod|win dod|gallaf ddod|galla i "
     "ddod|gallai ddod|medraf ddod|ar fy ffordd|ar y ffordd|bydda i yno|byddaf yno|fydda i yno|mi "
     "fydda i yno|fyddai yno|byddai yno|wedi cychwyn|dwi ar fy ffordd|dw i ar fy ffordd|rydw i ar "
     "fy ffordd|ddo i|mi ddo i|mi ddoi|dof"},
    {there, "yno|i ffwrdd"},
    {no,
     "na|nac ydw|nag ydw|nac ydy|nage|na allaf|na alla i|alla i ddim|allai ddim|ni allaf|ni allaf "
     "ddod|alla i ddim dod|allai ddim dod|galla i ddim|galla i ddim dod|gallai ddim dod|fedra i "
     "ddim|fedrai ddim|fedra i ddim dod|fedrai ddim dod|methu|methu dod|dwin methu|dwin methu "
     "dod|dw in methu|dw in methu dod|rwyn methu dod|rydw in methu dod|ddim yn gallu|ddim yn gallu "
     "dod|dwi ddim yn gallu|dwi ddim yn gallu dod|dw i ddim yn gallu dod|dwi ddim yn dod|dw i ddim "
     "yn dod|ddim yn dod|ddim ar gael|dwi ddim ar gael|na fydda|na fyddaf|fydda i ddim yno|na "
     "sori|dim heno|ddim heno|dim diolch"},
    {not_now, "dim nawr|ddim nawr|dim rwan|ddim rwan|dim ar hyn o bryd"},
    {later,
     "hwyrach ymlaen|yn hwyrach|yn hwyrach ymlaen|gallaf ddod yn hwyrach|nes ymlaen|wedyn|yn nes "
     "ymlaen"},
    {last_resort,
     "dim ond os ydych chin brin|dim ond os ydych yn brin|dim ond os dach chin brin|dim ond os "
     "ydych chi n brin|os ydych chin brin|dim ond os oes rhaid|os oes rhaid|dim ond os oes "
     "angen|dim ond os bydd angen|dewis olaf|fel dewis olaf|os oes wir angen"},
    {here,
     "yma|dwi yma|dw i yma|rydw i yma|rwyf yma|wedi cyrraedd|dwi wedi cyrraedd|dw i wedi "
     "cyrraedd|rwyf wedi cyrraedd|rydw i wedi cyrraedd|newydd gyrraedd|dwi newydd gyrraedd|yma "
     "nawr|yma rwan|dwi yma rwan|dwi yma nawr"},
    {at_hospital, "dwi yno|dw i yno|rydw i yno|yn yr ysbyty|yn yr ed|yn ed|dwi yn yr ysbyty"},
    {leaving,
     "gadael|yn gadael|dwin gadael|dw in gadael|rwyn gadael|rydw in gadael|gadael yr ysbyty|mynd "
     "adref|mynd adre|dwin mynd adref|dwin mynd adre|dw in mynd adref|dw in mynd adre|rwyf wedi "
     "gadael|wedi gadael|dwi wedi gadael|wedi mynd adref|wedi mynd adre|rhaid i fi fynd|rhaid i mi "
     "fynd|mae rhaid i mi fynd"},
    {departs,
     "gadael nawr|gadael rwan|dwin gadael nawr|dwin gadael rwan|yn gadael nawr|gadael y "
     "ty|cychwyn|cychwyn nawr|cychwyn rwan"},
    {regret,
     "sori|mae n ddrwg gen i|maen ddrwg gen i|ymddiheuriadau|flin da fi|mae n flin gen i|maen flin "
     "gen i|gwaetha r modd|yn anffodus|anffodus"},
    {excuse,
     "ar wyliau|gwyliau|dramor|dwi ar wyliau|yn sal|dwin sal|dw in sal|wedi bod yn yfed|wedi "
     "yfed|yn feddw"},
    {hedge,
     "efallai|falle|ella|hwyrach|os|heblaw|neu|ond os|dim yn siwr|ddim yn siwr|dwi ddim yn siwr|dw "
     "i ddim yn siwr|ansicr|gobeithio|ceisio|trio|dim syniad|sa i n gwybod|dwi ddim yn gwybod|dim "
     "yn gwybod|dibynnu|mae n dibynnu|cyn|gweld"},
    {negation, "ddim|dim|nid|ni|peidio|paid|byth"},
    {asks,
     "pwy|beth|pam|pryd|ble|lle|sut|ydych chi|oes angen|a oes|ydy hwn|ydy|ydi|dych chi|ai|ydw "
     "i|oes"},
    {but, "ond"},
    {because, "achos|oherwydd"},
    {duration, "hanner awr", 30},
    {duration, "awr|un awr", 60},
    {duration, "chwarter awr", 15},
    {duration, "awr a hanner", 90},
    {duration, "tri chwarter awr", 45},
    {duration, "dwy awr|ddwy awr", 120},
    {duration, "tair awr", 180},
    {minutes, "munud|funud|munudau|funudau"},
    {hours, "oriau"},
    {in, "mewn|o fewn|ymhen"},
    {eta, "cyrraedd|yn cyrraedd"},
    {by, "erbyn|erbyn tua"},
    {from, "gallaf ddod o|galla i ddod o|ar gael o|rhydd o"},
    {after, "ar ol|wedi|gallaf ddod ar ol|galla i ddod ar ol|dim ond ar ol"},
    {not_before,
     "dim cyn|ddim cyn|dim tan|ddim tan|alla i ddim dod tan|alla i ddim dod cyn|alla i ddim "
     "tan|alla i ddim cyn|methu dod tan|methu dod cyn|methu tan|methu cyn|fedra i ddim dod "
     "tan|fedra i ddim dod cyn|fedra i ddim tan|fedra i ddim cyn"},
    {until, "tan"},
    {onwards, "ymlaen"},
    {about, "tua|rhyw|oddeutu"},
    {at_least, "o leiaf|mwy na"},
    {am, "y bore|yn y bore"},
    {pm, "yr hwyr|y prynhawn|y nos"},
    {morning, "bore|bore ma"},
    {evening, "heno|prynhawn ma"},
    {oclock, "or gloch|o r gloch"},
    {tomorrow, "yfory|fory"},
    {midday, "hanner dydd|canol dydd"},
    {midnight, "hanner nos|canol nos"},
    {number, "pump|pum", 5},
    {number, "deg", 10},
    {number, "pymtheg|un deg pump", 15},
    {number, "ugain|dau ddeg", 20},
    {number, "dau ddeg pump|pump ar hugain", 25},
    {number, "tri deg", 30},
    {number, "deugain|pedwar deg", 40},
    {number, "pedwar deg pump", 45},
    {number, "hanner cant|pum deg", 50},
    {number, "saith", 7},
    {number, "wyth", 8},
    {number, "chwech|chwe", 6},
    {filler,
     "diolch|plis|os gwelwch yn dda|bore da|noswaith dda|helo|shwmae|nawr|rwan|dwi|dw i|rydw "
     "i|rwyf|fi|mi|yn|yr|ir ysbyty|i r ysbyty|i mewn|mewn i r ysbyty|bydda i|byddai|fydda "
     "i|da|hwyl|diolch yn fawr|ar hyn o bryd|chi|ac|heddiw|neges|wedi derbyn"},
    {coming, "fedra i ddod|mi fedra i ddod|medra i ddod", 1},
    {no, "methu dod heno|methu heno|alla i ddim heno|fedra i ddim heno|fedra i ddim dod heno"},
    {excuse, "dim gofal plant"},
    {last_resort,
     "dim ond os oes wir angen|dim ond os oes gwir angen|os oes gwir angen|dim ond os ydach chin "
     "brin"},
};

}  // namespace

std::span<const Words> welsh_words() { return kWelsh; }

}  // namespace tocsin::incident
