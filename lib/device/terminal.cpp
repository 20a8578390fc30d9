#include "device/terminal.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/fault.h"
#include "channel/subscription.h"
#include "home/keyring.h"
#include "roster/membership/standing.h"
#include "seal/lifetime.h"

namespace tocsin::device {

namespace {

using incident::Answer;

constexpr std::string_view kCertificate = "certificate";
// The most pages at once, so that a hostile relay cannot make a command wait for ever.
constexpr int kMostPages = 16;
// An answer may be useful until the end of the incident, when somebody may say "leaving".
constexpr auto kReplyLife = std::chrono::hours{24};

std::optional<seal::Certificate> certificate_of(const home::DeviceHome& home) {
  const auto bytes = home.read_own(kCertificate);
  return bytes ? seal::decode_certificate(*bytes) : std::nullopt;
}

channel::RelayAddress address_of(const home::Relay& relay) { return {relay.url, relay.pins}; }

}  // namespace

bool OpenLetter::waits_for_answer(base::Instant now) const noexcept {
  return header.kind == seal::Kind::request && now < header.expires &&
         (letter.answer == Answer::none || letter.answer == Answer::seen);
}

Terminal::Terminal(home::DeviceHome home, seal::Identity identity,
                   const std::filesystem::path& spool, const base::Clock& clock, Forget forget)
    : home_(std::move(home)),
      identity_(std::move(identity)),
      clock_(clock),
      mailbox_(address_of(home_.enrolment().relay),
               channel::credentials_of(identity_, certificate_of(home_)), clock_) {
  if (!spool.empty()) spool_.emplace(spool, mailbox_.id());
  if (forget == Forget::what_may_not_be_kept) forget_old();
}

// Checks a letter at the time when it came, so that one that was valid then stays valid.
std::optional<OpenLetter> Terminal::open(const Letter& letter) const {
  auto message = open_message(letter.envelope, identity_.opening,
                              home_.enrolment().organisation.verify, letter.received);
  if (!message) return std::nullopt;
  return OpenLetter{letter, message->header, std::move(message->notice)};
}

// True when the item is a letter to keep.
bool Terminal::take_in(const wire::Item& item, base::Instant now, Fetched& fetched) {
  if (open_message(item.envelope, identity_.opening, home_.enrolment().organisation.verify, now))
    return true;
  auto result = seal::open_envelope(item.envelope, identity_.opening, now);
  take_standing(std::get_if<seal::Opened>(&result), now, fetched);
  return false;
}

// What is no letter may be the organisation's word on this device. Null: it could not be opened.
void Terminal::take_standing(const seal::Opened* opened, base::Instant now, Fetched& fetched) {
  const home::Enrolment& enrolment = home_.enrolment();
  const auto standing = opened == nullptr
                            ? std::nullopt
                            : roster::check_standing(*opened,
                                                     {home_.device(), enrolment.organisation,
                                                      enrolment.enrolment_mailbox, enrolment.list},
                                                     now);
  if (!standing) {
    // A terminal cannot be woken, so ignore an offer.
    const bool is_offer = opened != nullptr && opened->header.kind == seal::Kind::acceptance &&
                          opened->signer == enrolment.enrolment_mailbox.verify &&
                          channel::is_offer_payload(opened->payload);
    if (!is_offer) ++fetched.refused;
    return;
  }
  if (!standing->listing) {
    fetched.was_revoked = true;
    return;
  }
  home_.write_own(kCertificate, seal::encode(standing->listing->certificate));
  home::Enrolment accepted = enrolment;
  accepted.organisation_name = standing->listing->organisation_name;
  accepted.person = standing->listing->person.str();
  accepted.list = standing->list;
  home_.set_enrolment(accepted);
  fetched.was_accepted = true;
}

channel::Mailbox::Page Terminal::poll(std::chrono::seconds wait, Fetched& fetched) {
  const std::size_t rejected = spool_ ? spool_->rejected() : 0;
  channel::Mailbox::Page page = spool_ ? spool_->poll(wait) : mailbox_.poll(0, wait);
  fetched.trouble = page.trouble;
  if (spool_) fetched.refused += spool_->rejected() - rejected;
  return page;
}

bool Terminal::acknowledge(std::uint64_t cursor) {
  return spool_ ? spool_->acknowledge(cursor) : mailbox_.acknowledge(cursor);
}

Fetched Terminal::fetch(std::chrono::seconds wait) {
  Fetched fetched;
  for (int pages = 0; pages < kMostPages; ++pages) {
    const channel::Mailbox::Page page = poll(wait, fetched);
    if (page.items.empty()) return fetched;
    // By the relay's time: a clock of this device that is wrong must refuse no call.
    const base::Instant now = clock_.now() + page.ahead;
    Inbox inbox = read_inbox(home_);
    for (const wire::Item& item : page.items) {
      if (inbox.has(item.envelope) || item.kind != wire::ItemKind::message ||
          !take_in(item, now, fetched))
        continue;
      inbox.add(item.envelope, now);
      ++fetched.letters;
    }
    if (fetched.was_revoked) {
      home::SessionKeyring keyring;
      home_.destroy(keyring);
      return fetched;
    }
    inbox.shorten();
    write_inbox(home_, inbox);
    if (!acknowledge(page.items.back().cursor)) return fetched;
    wait = std::chrono::seconds{0};
  }
  return fetched;
}

Fetched Terminal::fetch_within(std::chrono::seconds wait) {
  const base::Stopwatch watch;
  while (true) {
    const double left = static_cast<double>(wait.count()) - watch.seconds();
    Fetched fetched = fetch(std::chrono::seconds{left > 0 ? static_cast<int>(left + 0.999) : 0});
    if (left <= 0 || fetched.letters > 0 || fetched.was_accepted || fetched.was_revoked ||
        !fetched.trouble.empty())
      return fetched;
  }
}

void Terminal::forget_old() const {
  Inbox inbox = read_inbox(home_);
  const auto forgotten = std::erase_if(inbox.letters, [&](const Letter& letter) {
    const auto opened = open(letter);
    return !opened || opened->notice.keep_until <= clock_.now();
  });
  if (forgotten > 0) write_inbox(home_, inbox);
}

std::vector<OpenLetter> Terminal::letters() const {
  std::vector<OpenLetter> letters;
  for (const Letter& letter : read_inbox(home_).letters)
    if (auto opened = open(letter)) letters.push_back(std::move(*opened));
  std::reverse(letters.begin(), letters.end());
  return letters;
}

std::optional<OpenLetter> Terminal::find(std::string_view named) const {
  for (OpenLetter& letter : letters())
    if (named == std::to_string(letter.letter.number) || named == to_text(letter.header.id))
      return std::move(letter);
  return std::nullopt;
}

std::vector<OpenLetter> Terminal::open_incidents() const {
  const auto all = letters();
  std::set<seal::MessageId> passed_over;
  for (const OpenLetter& letter : all)
    if (letter.notice.ended) passed_over.insert(letter.header.incident);
  std::vector<OpenLetter> open;
  for (const OpenLetter& letter : all)
    if (clock_.now() < letter.header.expires && passed_over.insert(letter.header.incident).second)
      open.push_back(letter);
  return open;
}

bool Terminal::has_ended(const OpenLetter& letter) const {
  return std::ranges::any_of(letters(), [&](const OpenLetter& other) {
    return other.notice.ended && other.header.incident == letter.header.incident;
  });
}

channel::Delivery Terminal::answer(const OpenLetter& letter, const incident::Reply& reply) {
  seal::Header header;
  header.kind = seal::Kind::reply;
  header.realness = letter.header.realness;
  header.id = seal::random_message_id(entropy_);
  header.incident = letter.header.incident;
  // An answer must be newer than the last one, even if the clock was set back a little, because the
  // coordinator refuses an older one. When the clock was far ahead and was put right, it does not.
  const base::Instant now = clock_.now();
  header.created = now;
  for (const Letter& one : read_inbox(home_).letters)
    if (one.answered <= now + seal::kClockTolerance)
      header.created = std::max(header.created, one.answered + base::Milliseconds{1});
  header.expires = header.created + kReplyLife;
  const seal::PublicIdentity& to = letter.notice.reply_to;
  const channel::SealedMessage outgoing{
      header.id,
      to_text(to.id()),
      {seal::seal_envelope(seal::Prepared{to.seal, entropy_}, header, incident::encode(reply),
                           identity_.signing)},
      header.expires};
  channel::Delivery delivery =
      spool_ ? spool_->send({&outgoing, 1}).front() : mailbox_.send({&outgoing, 1}).front();
  if (delivery.receipt > contact::Receipt::read) return delivery;

  Inbox inbox = read_inbox(home_);  // again: it may have changed while the relay was asked
  for (Letter& one : inbox.letters) {
    if (one.number != letter.letter.number) continue;
    one.answer = reply.answer;
    one.when = reply.when;
    one.answered = header.created;
  }
  write_inbox(home_, inbox);
  return delivery;
}

void Terminal::say_seen(const std::vector<OpenLetter>& letters) {
  for (const OpenLetter& letter : letters)
    if (letter.letter.answer == Answer::none) answer(letter, {Answer::seen, std::nullopt});
}

}  // namespace tocsin::device
