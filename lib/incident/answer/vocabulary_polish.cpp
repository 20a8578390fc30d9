// Without accents, as many people type on a telephone.
#include "incident/answer/vocabulary.h"

namespace tocsin::incident {

namespace {

using enum Meaning;

constexpr Words kPolish[] = {
    {yes, "tak|taak|takk|jasne|oczywiscie|pewnie|na pewno|zdecydowanie|tak jest|tak moge"},
    {okay,
     "dobra|dobrze|spoko|nie ma problemu|nie ma sprawy|bez problemu|moge|w porzadku|jestem "
     "dostepny|jestem dostepna|moge byc"},
    {coming,
     "jade|juz jade|jade juz|jade teraz|ide|juz ide|bede|bede tam|bede na|przyjade|przyjde|moge "
     "przyjsc|moge przyjechac|moge byc za|bede za|jestem w drodze|w drodze|juz w drodze|zaraz "
     "bede|dojade|dojde|dotre|przybede|jestem u was za|bede u was|wyruszam do was|jestem za|tak "
     "bede|tak jade|melduje sie|jade do szpitala|jade do pracy|jade do was"},
    {there, "stad|na miejscu za|drogi|dojazd|dojazdu"},
    {no,
     "nie|niee|nie moge|nie moge przyjsc|nie moge przyjechac|nie dam rady|niestety nie|nie "
     "przyjde|nie przyjade|nie jade|nie bede|nie bedzie mnie|nie jestem w stanie|nie ma "
     "mowy|odmawiam|nie mam jak|nie mam jak dojechac|nie mam mozliwosci|nie moge niestety|niestety "
     "nie moge|niestety nie dam rady|nie dzis|nie dzisiaj|nie tym razem|przykro mi nie|nie "
     "dojade|nie dotre|nie moge dojechac|nie dam rady przyjsc|nie dam rady przyjechac|jestem "
     "niedostepny|jestem niedostepna|nie jestem dostepny|nie jestem dostepna"},
    {not_now, "nie teraz|nie od razu|teraz nie|teraz nie moge|nie moge teraz|jeszcze nie"},
    {later,
     "pozniej|pozniej moge|moge pozniej|moge przyjsc pozniej|przyjde pozniej|moge przyjechac "
     "pozniej"},
    {last_resort,
     "tylko jesli brakuje|tylko jesli brakuje ludzi|tylko jak brakuje|tylko jak brakuje "
     "ludzi|jesli brakuje ludzi|w ostatecznosci|tylko w ostatecznosci|ostatecznosc|tylko jesli "
     "trzeba|tylko jak trzeba|tylko jesli bedzie trzeba|tylko jesli musze|tylko jak nie ma nikogo "
     "innego|tylko jesli nie ma nikogo innego|jesli nie ma nikogo innego|tylko gdy brakuje|tylko "
     "gdy brakuje ludzi|tylko jesli potrzeba|w razie koniecznosci|tylko w razie koniecznosci|tylko "
     "jesli konieczne|tylko w razie potrzeby|w razie potrzeby"},
    {here,
     "jestem|jestem juz|juz jestem|jestem na miejscu|na miejscu|juz na "
     "miejscu|dotarlem|dotarlam|przyjechalem|przyjechalam|przyszedlem|przyszlam|dojechalem|"
     "dojechalam|jestem tutaj|jestem tu|tutaj|tu jestem|nadal tu jestem|jestem juz na miejscu"},
    {at_hospital,
     "jestem w szpitalu|w szpitalu|jestem na sorze|na sorze|jestem na oddziale|na oddziale|jestem "
     "na sor|na sor|jestem w pracy"},
    {leaving,
     "wychodze ze szpitala|jade do domu|ide do domu|wracam do domu|wyszedlem ze szpitala|wyszlam "
     "ze szpitala|opuszczam szpital|musze isc|musze wyjsc|koncze"},
    {departs,
     "wychodze|juz wychodze|wyjezdzam|juz wyjezdzam|ruszam|wychodze z domu|wyjezdzam z "
     "domu|wyszedlem|wyszlam|wyjechalem|wyjechalam|zbieram sie"},
    {regret, "przepraszam|sorki|niestety|przykro mi|wybaczcie"},
    {excuse,
     "jestem chory|jestem chora|chory|chora|za granica|jestem za granica|na urlopie|jestem na "
     "urlopie|urlop|na wakacjach|jestem na wakacjach|pilem|pilam|po alkoholu|jestem po "
     "alkoholu|wypilem|wypilam|na zwolnieniu|jestem na zwolnieniu|na l4|wyjechany"},
    {hedge,
     "moze|byc moze|chyba|jesli|jezeli|jak|gdyby|albo|lub|nie wiem|nie jestem pewien|nie jestem "
     "pewna|postaram sie|sprobuje|prawdopodobnie|zalezy|mam nadzieje|zobacze|raczej|raczej "
     "nie|raczej tak|sprawdze|dam znac|pomylka|zartuje|jednak|czekaj|przed|spozniony|spoznie "
     "sie|nie spoznie sie|wczoraj|ona|oni|jestem w domu|bylem|bylam|jestem w szpitalu jako "
     "pacjent|nie ma|nie mam|nie ma nikogo"},
    {negation, "nigdy|bez|nic|nikt|zaden"},
    {asks, "czy|kto|co|gdzie|kiedy|dlaczego|czemu|ktory|po co|jak to|ile"},
    {but, "ale|lecz"},
    {because, "bo|poniewaz|gdyz"},
    {duration, "pol godziny|pol godzinki|polgodziny|pol godz", 30},
    {duration, "godzine|godzina|godzinke|jedna godzine", 60},
    {duration, "kwadrans", 15},
    {duration, "poltorej godziny|poltora godziny|godzine i pol", 90},
    {duration, "trzy kwadranse", 45},
    {duration, "dwie godziny", 120},
    {duration, "trzy godziny", 180},
    {minutes, "minut|minuty|minute|minutek|minutke"},
    {hours, "godziny|godzin|godz"},
    {in, "za|w ciagu|za okolo|za jakies|za ok|w"},
    {eta, "czas dojazdu"},
    {at, "o|o godz|o godzinie|godz o|godzina o"},
    {by, "przed godzina|najpozniej o|najpozniej do"},
    {from,
     "od|od godz|od godziny|moge od|dostepny od|dostepna od|moge przyjsc od|moge przyjechac "
     "od|dopiero od|dopiero o|dopiero na|moge dopiero o|moge dopiero od|moge byc dopiero o"},
    {after, "po|po godz|po godzinie|dopiero po|moge po|moge dopiero po|moge przyjsc po|tylko po"},
    {not_before,
     "nie wczesniej niz|nie przed|nie moge przed|nie dam rady przed|nie wczesniej niz o"},
    {until, "do|do godz|do godziny", 1},
    {about, "okolo|jakies|mniej wiecej|gora|maks|teraz|juz"},
    {onwards, "wzwyz"},
    {at_least, "co najmniej|przynajmniej|ponad|wiecej niz|minimum"},
    {ago, "temu"},
    {am, "rano|nad ranem"},
    {pm, "wieczorem|po poludniu"},
    {evening, "dzis wieczorem|w nocy|dzis w nocy"},
    {tomorrow, "jutro"},
    {weekday, "niedziela|niedziele|w niedziele", 0},
    {weekday, "poniedzialek|w poniedzialek", 1},
    {weekday, "wtorek|we wtorek", 2},
    {weekday, "sroda|srode|w srode", 3},
    {weekday, "czwartek|w czwartek", 4},
    {weekday, "piatek|w piatek", 5},
    {weekday, "sobota|sobote|w sobote", 6},
    {midday, "poludnie|w poludnie"},
    {midnight, "polnoc|o polnocy|polnocy"},
    {number, "piec", 5},
    {number, "dziesiec", 10},
    {number, "pietnascie", 15},
    {number, "dwadziescia", 20},
    {number, "dwadziescia piec", 25},
    {number, "trzydziesci", 30},
    {number, "trzydziesci piec", 35},
    {number, "czterdziesci", 40},
    {number, "czterdziesci piec", 45},
    {number, "piecdziesiat", 50},
    {number, "szescdziesiat", 60},
    {filler,
     "dziekuje|dzieki|prosze|czesc|dzien dobry|dobry wieczor|witam|pozdrawiam|ja|jestem "
     "dzis|sie|wiadomosc|odebrano|przyjalem|przyjelam|rozumiem|dzis|dzisiaj|tam|do was|do "
     "szpitala|do pracy|z domu|bardzo|mi|pani|panie|zaraz"},
    {half_to, "wpol do|o wpol do|na wpol do"},
    {number, "pierwszej|pierwsza", 1},
    {number, "drugiej|druga", 2},
    {number, "trzeciej|trzecia", 3},
    {number, "czwartej|czwarta", 4},
    {number, "piatej|piata", 5},
    {number, "szostej|szosta", 6},
    {number, "siodmej|siodma", 7},
    {number, "osmej|osma", 8},
    {number, "dziewiatej|dziewiata", 9},
    {number, "dziesiatej|dziesiata", 10},
    {number, "jedenastej|jedenasta", 11},
    {number, "dwunastej|dwunasta", 12},
    {no, "nie moge prowadzic|nie moge jechac|nie dam rady dzis|nie moge dzis|nie moge dzisiaj"},
    {excuse, "pilem piwo|pilem wino|pilam wino|pilam piwo|pilem alkohol"},
};

}  // namespace

std::span<const Words> polish_words() { return kPolish; }

}  // namespace tocsin::incident
