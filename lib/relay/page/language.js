// The page's own words. Each table has one line for each key, in the order of the keys; what a
// coordinator writes comes in the playbook's languages. Missing languages fall back to English.

export const LANGUAGES = { en: 'English', cy: 'Cymraeg', pl: 'Polski', ur: 'اردو' };
const RIGHT_TO_LEFT = ['ur'];

const KEYS = `real exercise can_you_come come_to sleep reserve standby stand_down noted news
report_to by role area shift called_by strategic tactical operational signed
coming later last_resort no change back arrived leaving offer how_long minutes other_minutes from_when
time send calendar said_coming said_later said_last said_no said_arrived said_leaving you_said sent
not_sent not_taken deletes nothing nothing_how forged forged_how understood
trouble_offline trouble_busy trouble_clock trouble_not_served trouble_refused as_of
welcome welcome_how code badCode expired otherHost notServed offlineEnrol join device_name enrol
organisation this_device waiting compare settings language notify pin pin_new pin_on pin_off pinWrong
locked unlock remove remove_sure gone gone_how removed removed_how unsupported unsupported_how`.split(/\s+/);

const TABLES = {
  en: `REAL INCIDENT
EXERCISE
Can you come as {role}?
Come to {place} by {time}
Sleep now. Relieve at {time}
You are in reserve. Stay at home and rest
Stay where you can be reached. Do not travel
Stand down. Do not travel
Noted. Please do not phone: wait to be called
News
Report to
By
Role
Area
Shift
{incident}, called by {who} ({tier})
strategic
tactical
operational
Signature good: certified by {organisation}
I am coming now
I can come later
Only if you are short
I cannot come
Change my answer
Back
I have arrived
I am leaving
Offer to come
When will you be there?
{n} min
Other: minutes from now
From when can you come?
Time
Send
Add to calendar
coming, there at {time}
later, from {time}
only if you are short
cannot come
arrived
leaving
You said: {answer}.
Sent
NOT SENT YET. It goes as soon as there is a connection
NOT ACCEPTED. Please telephone
Deletes itself from this device: {time}
No messages
This page tells you when something comes. Please do not telephone to offer help.
Warning: do not act on it
Messages that your organisation did not sign: {n}. They are not shown. If in doubt, ring the switchboard.
I understand
No connection. Trying again.
The relay is busy. Trying again.
The relay does not accept the time of this device. Is its clock right?
The relay does not serve this device.
The relay refuses this device.
You see what came before {time}.
Join
Open the link of your invitation on this device, or paste it here.
Invitation
This is no invitation, or a letter of it is wrong.
This invitation expired: {time}. Ask for a new one.
This invitation is for the page at {host}.
The relay does not accept this invitation. Ask for a new one.
No connection. The keys are made; try again.
Join as {person}
What to call this device
Enrol this device
Your organisation
This device
Waiting to be accepted
Telephone whoever invited you and read out the words of this device. They accept it only when they see the same six.
Settings
Language
Show a notification when something comes
PIN
New PIN, at least 6 digits
Lock with a PIN after 2 minutes away
Remove the PIN
Wrong. Wait {n} s.
Locked
Unlock
Remove this device
Remove this device? Its keys and messages are destroyed.
This device was removed
Your organisation took it off its list. Its keys and messages are destroyed.
Removed
The keys and messages of this device are destroyed.
This browser is too old
It lacks X25519 or Ed25519. Update it, or use another.`,
  cy: `DIGWYDDIAD GO IAWN
YMARFER
Allwch chi ddod fel {role}?
Dewch i {place} erbyn {time}
Cysgwch nawr. Dechrau am {time}
Rydych chi wrth gefn. Arhoswch gartref a gorffwys
Arhoswch lle gellir eich cyrraedd. Peidiwch â theithio
Does dim angen dod. Peidiwch â theithio
Wedi’i nodi. Peidiwch â ffonio: arhoswch am alwad
Newyddion
Ewch i
Erbyn
Rôl
Ardal
Sifft
{incident}, galwyd gan {who} ({tier})
strategol
tactegol
gweithredol
Llofnod yn ddilys: ardystiwyd gan {organisation}
Rwy’n dod nawr
Gallaf ddod yn hwyrach
Dim ond os ydych chi’n brin
Ni allaf ddod
Newid fy ateb
Yn ôl
Rwyf wedi cyrraedd
Rwy’n gadael
Cynnig dod
Pryd fyddwch chi yno?
{n} munud
Arall: munudau o nawr
O ba bryd allwch chi ddod?
Amser
Anfon
Ychwanegu at y calendr
yn dod, yno am {time}
yn hwyrach, o {time}
dim ond os ydych chi’n brin
methu dod
wedi cyrraedd
yn gadael
Eich ateb: {answer}.
Anfonwyd
HEB EI ANFON ETO. Bydd yn mynd pan fydd cysylltiad
NI DDERBYNIWYD. Ffoniwch os gwelwch yn dda
Yn dileu ei hun o’r ddyfais hon: {time}
Dim negeseuon
Bydd y dudalen hon yn dweud pan ddaw rhywbeth. Peidiwch â ffonio i gynnig help.
Rhybudd: peidiwch â gweithredu arno
Negeseuon na lofnodwyd gan eich sefydliad: {n}. Nid ydynt yn cael eu dangos. Os oes amheuaeth, ffoniwch y switsfwrdd.
Rwy’n deall
Dim cysylltiad. Yn ceisio eto.
Mae’r gweinydd yn brysur. Yn ceisio eto.
Nid yw’r gweinydd yn derbyn amser y ddyfais hon. Ydy’r cloc yn gywir?
Nid yw’r gweinydd yn gwasanaethu’r ddyfais hon.
Mae’r gweinydd yn gwrthod y ddyfais hon.
Rydych chi’n gweld yr hyn a ddaeth cyn {time}.
Ymuno
Agorwch ddolen eich gwahoddiad ar y ddyfais hon, neu gludwch hi yma.
Gwahoddiad
Nid gwahoddiad yw hwn, neu mae llythyren yn anghywir.
Daeth y gwahoddiad hwn i ben: {time}. Gofynnwch am un newydd.
Mae’r gwahoddiad hwn ar gyfer y dudalen yn {host}.
Nid yw’r gweinydd yn derbyn y gwahoddiad hwn. Gofynnwch am un newydd.
Dim cysylltiad. Mae’r allweddi wedi’u gwneud; ceisiwch eto.
Ymuno fel {person}
Enw’r ddyfais hon
Cofrestru’r ddyfais hon
Eich sefydliad
Y ddyfais hon
Yn aros i gael ei derbyn
Ffoniwch y sawl a’ch gwahoddodd a darllenwch eiriau’r ddyfais hon. Dim ond os gwelant yr un chwech y cânt ei derbyn.
Gosodiadau
Iaith
Dangos hysbysiad pan ddaw rhywbeth
PIN
PIN newydd, o leiaf 6 digid
Cloi â PIN ar ôl 2 funud i ffwrdd
Tynnu’r PIN
Anghywir. Arhoswch {n} eiliad.
Ar glo
Datgloi
Tynnu’r ddyfais hon
Tynnu’r ddyfais hon? Bydd ei hallweddi a’i negeseuon yn cael eu dinistrio.
Tynnwyd y ddyfais hon
Fe’i tynnwyd oddi ar restr eich sefydliad. Dinistriwyd ei hallweddi a’i negeseuon.
Tynnwyd
Dinistriwyd allweddi a negeseuon y ddyfais hon.
Mae’r porwr hwn yn rhy hen
Nid oes ganddo X25519 neu Ed25519. Diweddarwch ef, neu defnyddiwch un arall.`,
  pl: `PRAWDZIWE ZDARZENIE
ĆWICZENIA
Czy możesz przyjść jako {role}?
Przyjdź: {place}, do {time}
Śpij teraz. Zmiana o {time}
Jesteś w rezerwie. Zostań w domu i odpoczywaj
Pozostań pod telefonem. Nie przyjeżdżaj
Odwołane. Nie przyjeżdżaj
Zapisano. Nie dzwoń: czekaj na wezwanie
Wiadomości
Zgłoś się
Do
Rola
Oddział
Zmiana
{incident}, wzywa {who} ({tier})
poziom strategiczny
poziom taktyczny
poziom operacyjny
Podpis poprawny: poświadcza {organisation}
Jadę teraz
Mogę przyjść później
Tylko jeśli brakuje ludzi
Nie mogę przyjść
Zmień odpowiedź
Wstecz
Jestem na miejscu
Wychodzę
Zgłoś gotowość
Kiedy będziesz na miejscu?
{n} min
Inaczej: za ile minut
Od kiedy możesz przyjść?
Godzina
Wyślij
Dodaj do kalendarza
jadę, będę o {time}
później, od {time}
tylko jeśli brakuje ludzi
nie mogę
na miejscu
wychodzę
Twoja odpowiedź: {answer}.
Wysłano
JESZCZE NIE WYSŁANO. Pójdzie, gdy będzie połączenie
NIE PRZYJĘTO. Zadzwoń
Usunie się z tego urządzenia: {time}
Brak wiadomości
Ta strona powie, gdy coś nadejdzie. Nie dzwoń, aby zaoferować pomoc.
Uwaga: nie działaj według tego
Wiadomości niepodpisane przez Twoją organizację: {n}. Nie są pokazywane. W razie wątpliwości zadzwoń do centrali.
Rozumiem
Brak połączenia. Ponawiam próbę.
Serwer jest zajęty. Ponawiam próbę.
Serwer nie przyjmuje czasu tego urządzenia. Czy zegar jest dobrze ustawiony?
Serwer nie obsługuje tego urządzenia.
Serwer odrzuca to urządzenie.
Widzisz to, co przyszło przed {time}.
Dołącz
Otwórz na tym urządzeniu link z zaproszenia albo wklej go tutaj.
Zaproszenie
To nie jest zaproszenie albo jest w nim błąd.
Zaproszenie wygasło: {time}. Poproś o nowe.
To zaproszenie dotyczy strony {host}.
Serwer nie przyjmuje zaproszenia. Poproś o nowe.
Brak połączenia. Klucze są gotowe; spróbuj ponownie.
Dołącz jako {person}
Nazwa tego urządzenia
Zarejestruj to urządzenie
Twoja organizacja
To urządzenie
Oczekiwanie na przyjęcie
Zadzwoń do osoby, która Cię zaprosiła, i przeczytaj słowa tego urządzenia. Przyjmie je tylko, gdy widzi te same sześć.
Ustawienia
Język
Pokaż powiadomienie, gdy coś nadejdzie
PIN
Nowy PIN, co najmniej 6 cyfr
Blokuj PIN-em po 2 minutach
Usuń PIN
Błędny. Czekaj {n} s.
Zablokowane
Odblokuj
Usuń to urządzenie
Usunąć to urządzenie? Klucze i wiadomości zostaną zniszczone.
To urządzenie usunięto
Organizacja skreśliła je z listy. Klucze i wiadomości zniszczono.
Usunięto
Klucze i wiadomości tego urządzenia zniszczono.
Ta przeglądarka jest za stara
Brakuje jej X25519 lub Ed25519. Zaktualizuj ją albo użyj innej.`,
  ur: `حقیقی واقعہ
مشق
کیا آپ بطور {role} آ سکتے ہیں؟
{time} تک {place} پہنچیں
ابھی سو جائیں۔ {time} پر ڈیوٹی سنبھالیں
آپ ریزرو میں ہیں۔ گھر پر آرام کریں
رابطے میں رہیں۔ سفر نہ کریں
اب ضرورت نہیں۔ سفر نہ کریں
نوٹ کر لیا۔ فون نہ کریں، بلائے جانے کا انتظار کریں
خبریں
پہنچنے کی جگہ
کب تک
کردار
شعبہ
شفٹ
{incident}، بلانے والے {who} ({tier})
اسٹریٹجک
ٹیکٹیکل
آپریشنل
دستخط درست: تصدیق {organisation}
میں ابھی آ رہا/رہی ہوں
میں بعد میں آ سکتا/سکتی ہوں
صرف اگر عملہ کم ہو
میں نہیں آ سکتا/سکتی
جواب بدلیں
واپس
میں پہنچ گیا/گئی
میں جا رہا/رہی ہوں
آنے کی پیشکش
آپ کب پہنچیں گے؟
{n} منٹ
دیگر: کتنے منٹ میں
کب سے آ سکتے ہیں؟
وقت
بھیجیں
کیلنڈر میں ڈالیں
آ رہے ہیں، {time} پر
بعد میں، {time} سے
صرف اگر عملہ کم ہو
نہیں آ سکتے
پہنچ گئے
جا رہے ہیں
آپ کا جواب: {answer}۔
بھیج دیا
ابھی نہیں بھیجا گیا۔ رابطہ ہوتے ہی جائے گا
قبول نہیں ہوا۔ فون کریں
اس آلے سے خود حذف ہو گا: {time}
کوئی پیغام نہیں
کچھ آنے پر یہ صفحہ بتائے گا۔ مدد کی پیشکش کے لیے فون نہ کریں۔
خبردار: اس پر عمل نہ کریں
پیغامات جن پر آپ کے ادارے کے دستخط نہیں: {n}۔ وہ دکھائے نہیں جاتے۔ شک ہو تو سوئچ بورڈ کو فون کریں۔
سمجھ گیا/گئی
رابطہ نہیں۔ دوبارہ کوشش جاری ہے۔
سرور مصروف ہے۔ دوبارہ کوشش جاری ہے۔
سرور اس آلے کا وقت قبول نہیں کرتا۔ کیا گھڑی درست ہے؟
سرور اس آلے کو سہولت نہیں دیتا۔
سرور اس آلے کو رد کرتا ہے۔
آپ {time} سے پہلے کے پیغامات دیکھ رہے ہیں۔
شامل ہوں
دعوت کا لنک اس آلے پر کھولیں، یا یہاں چسپاں کریں۔
دعوت
یہ دعوت نہیں، یا اس میں کوئی حرف غلط ہے۔
یہ دعوت ختم ہو گئی: {time}۔ نئی مانگیں۔
یہ دعوت {host} کے صفحے کے لیے ہے۔
سرور یہ دعوت قبول نہیں کرتا۔ نئی مانگیں۔
رابطہ نہیں۔ کلیدیں بن گئیں؛ دوبارہ کوشش کریں۔
بطور {person} شامل ہوں
اس آلے کا نام
یہ آلہ درج کریں
آپ کا ادارہ
یہ آلہ
منظوری کا انتظار
جس نے دعوت دی اسے فون کر کے اس آلے کے الفاظ پڑھیں۔ وہی چھ الفاظ دیکھ کر ہی وہ اسے منظور کریں گے۔
ترتیبات
زبان
کچھ آنے پر اطلاع دکھائیں
پن
نیا پن، کم از کم 6 ہندسے
2 منٹ بعد پن سے مقفل کریں
پن ہٹائیں
غلط۔ {n} سیکنڈ انتظار کریں۔
مقفل
کھولیں
یہ آلہ ہٹائیں
یہ آلہ ہٹائیں؟ کلیدیں اور پیغامات ضائع ہو جائیں گے۔
یہ آلہ ہٹا دیا گیا
ادارے نے اسے فہرست سے نکال دیا۔ کلیدیں اور پیغامات ضائع کر دیے گئے۔
ہٹا دیا گیا
اس آلے کی کلیدیں اور پیغامات ضائع کر دیے گئے۔
یہ براؤزر پرانا ہے
اس میں X25519 یا Ed25519 نہیں۔ اسے اپ ڈیٹ کریں، یا دوسرا استعمال کریں۔`,
};

export const tables = () => ({ KEYS, TABLES });

const wordsOf = (code) =>
  Object.fromEntries(TABLES[code].split('\n').map((line, i) => [KEYS[i], line]));
let current = 'en';
let words = wordsOf(current);

// The wanted language, else the first of the browser's that there is, else English.
export function choose(wanted) {
  const asked = [wanted, ...navigator.languages].map((code) => code?.split('-')[0]);
  current = asked.find((code) => code in LANGUAGES) ?? 'en';
  words = wordsOf(current);
  document.documentElement.lang = current;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(current) ? 'rtl' : 'ltr';
}

export const language = () => current;
export const say = (key, values) =>
  words[key]?.replace(/{(\w+)}/g, (_, name) => values?.[name] ?? '');

const format = (at, options) =>
  new Intl.DateTimeFormat(current, { hourCycle: 'h23', ...options }).format(at);

export const clock = (at) => format(at, { hour: '2-digit', minute: '2-digit' });

// With the day of the week when it is not today.
export function weekday(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? clock(at) : format(at, { weekday: 'long', hour: '2-digit', minute: '2-digit' });
}

// "in 42 minutes"
export function soon(at) {
  const minutes = Math.round((at - Date.now()) / 60_000);
  const relative = new Intl.RelativeTimeFormat(current, { numeric: 'auto', style: 'short' });
  return Math.abs(minutes) < 90 ? relative.format(minutes, 'minute')
    : relative.format(Math.round(minutes / 60), 'hour');
}
