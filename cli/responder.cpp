#include "responder.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "channel/subscription.h"
#include "home/keyring.h"
#include "roster/membership/enrolment.h"
#include "roster/membership/standing.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using incident::Answer;

constexpr std::string_view kInbox = "inbox";
constexpr std::string_view kCertificate = "certificate";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMostLetters = 1'000;
// At once: a relay that never comes to an end keeps nobody waiting.
constexpr int kMostPages = 16;
// An answer is of use as long as the incident's evening lasts, and somebody may say "leaving" at
// its end.
constexpr auto kReplyLife = std::chrono::hours{24};

std::optional<seal::Certificate> certificate_of(const home::DeviceHome& home) {
  const auto bytes = home.read_own(kCertificate);
  return bytes ? seal::decode_certificate(*bytes) : std::nullopt;
}

}  // namespace

channel::RelayAddress relay_address(const home::Relay& relay) { return {relay.url, relay.pins}; }

std::string words_of(const std::optional<base::Instant>& when, Answer answer) {
  std::string words{incident::to_text(answer)};
  if (when && answer == Answer::coming)
    words += fmt::format(", there at {}", base::local_clock(*when));
  if (when && answer == Answer::later) words += fmt::format(", from {}", base::local_stamp(*when));
  return words;
}

Responder::Responder(Context& context, home::DeviceHome home, seal::Identity identity)
    : clock_(context.clock),
      home_(std::move(home)),
      identity_(std::move(identity)),
      mailbox_(relay_address(home_.enrolment().relay),
               channel::credentials_of(identity_, certificate_of(home_)), clock_) {}

void add_spool_option(Options& app, std::string& folder) {
  app.add_option("--spool", folder, "Over the spool in this folder instead of the relay")
      ->type_name("FOLDER");
}

Responder Responder::open(Context& context, const std::string& spool) {
  home::DeviceHome home = home::DeviceHome::open(context.home);
  home::SessionKeyring keyring;
  seal::Identity identity = home.unlock(*home::passphrase_source(context.passphrase_file), keyring);
  Responder responder{context, std::move(home), std::move(identity)};
  if (!spool.empty()) responder.spool_.emplace(spool, responder.mailbox_.id());
  if (!context.dry_run) responder.forget_old();
  return responder;
}

// count and letters: number, received, answer, when or 0, answered, envelope
void Responder::save(const std::vector<Letter>& letters, std::uint32_t next) const {
  base::ByteWriter out;
  out.u8(kVersion);
  out.u32(next);
  out.varint(letters.size());
  for (const Letter& letter : letters) {
    out.u32(letter.number);
    out.i64(letter.received.time_since_epoch().count());
    out.u8(static_cast<std::uint8_t>(letter.answer));
    out.i64(letter.when.value_or(base::Instant{}).time_since_epoch().count());
    out.i64(letter.answered.time_since_epoch().count());
    out.sized(letter.envelope);
  }
  home_.write_own(kInbox, out.bytes());
}

std::vector<Letter> Responder::load(std::uint32_t& next) const {
  next = 1;
  const auto bytes = home_.read_own(kInbox);
  if (!bytes) return {};
  base::ByteReader in{*bytes};
  const std::uint8_t version = in.u8();
  next = in.u32();
  const std::uint64_t count = in.varint();
  const auto instant = [&] { return base::Instant{base::Milliseconds{in.i64()}}; };
  std::vector<Letter> letters;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    Letter letter;
    letter.number = in.u32();
    letter.received = instant();
    letter.answer = static_cast<Answer>(in.u8());
    const base::Instant when = instant();
    if (when != base::Instant{}) letter.when = when;
    letter.answered = instant();
    const base::ByteView envelope = in.sized();
    letter.envelope.assign(envelope.begin(), envelope.end());
    letters.push_back(std::move(letter));
  }
  if (!in.done() || version != kVersion)
    throw Fault(Exit::untrusted, "the inbox of this device was changed or damaged",
                "remove inbox.state from the folder; what has not been answered is sent again");
  return letters;
}

// A letter that was good when it came stays so.
std::optional<Notice> Responder::open_letter(const Letter& letter) const {
  const base::Instant now = letter.received;
  auto result = seal::open_envelope(letter.envelope, identity_.opening, now);
  const auto* opened = std::get_if<seal::Opened>(&result);
  if (opened == nullptr) return std::nullopt;
  const seal::Kind kind = opened->header.kind;
  if (kind != seal::Kind::request && kind != seal::Kind::decision && kind != seal::Kind::update)
    return std::nullopt;
  auto notice = incident::decode_notice(opened->payload);
  if (!notice || notice->certificate.subject.verify != opened->signer ||
      !seal::is_coordinator(notice->certificate.role) ||
      !seal::is_valid(notice->certificate, home_.enrolment().organisation.verify, now))
    return std::nullopt;
  return Notice{letter, opened->header, std::move(*notice)};
}

// True when it is a letter to keep.
bool Responder::take_in(const wire::Item& item, Fetched& fetched) {
  const base::Instant now = clock_.now();
  Letter letter;
  letter.envelope = item.envelope;
  letter.received = now;
  if (open_letter(letter)) return true;
  auto result = seal::open_envelope(item.envelope, identity_.opening, now);
  const auto* opened = std::get_if<seal::Opened>(&result);
  const home::Enrolment& enrolment = home_.enrolment();
  const auto standing = opened == nullptr
                            ? std::nullopt
                            : roster::check_standing(*opened,
                                                     {home_.device(), enrolment.organisation,
                                                      enrolment.enrolment_mailbox, enrolment.list},
                                                     now);
  if (!standing) {
    // A terminal is not woken; it is no harm that somebody offers it.
    const bool is_offer = opened != nullptr && opened->header.kind == seal::Kind::acceptance &&
                          opened->signer == enrolment.enrolment_mailbox.verify &&
                          channel::is_offer_payload(opened->payload);
    if (!is_offer) ++fetched.refused;
    return false;
  }
  if (!standing->listing) {
    fetched.was_revoked = true;
    return false;
  }
  home_.write_own(kCertificate, seal::encode(standing->listing->certificate));
  home::Enrolment accepted = enrolment;
  accepted.organisation_name = standing->listing->organisation_name;
  accepted.person = standing->listing->person.str();
  accepted.list = standing->list;
  home_.set_enrolment(accepted);
  fetched.was_accepted = true;
  return false;
}

Responder::Fetched Responder::fetch(std::chrono::seconds wait) {
  Fetched fetched;
  for (int pages = 0; pages < kMostPages; ++pages) {
    const std::size_t rejected = spool_ ? spool_->rejected() : 0;
    const channel::Mailbox::Page page = spool_ ? spool_->poll(wait) : mailbox_.poll(0, wait);
    fetched.trouble = page.trouble;
    if (spool_) fetched.refused += spool_->rejected() - rejected;
    if (page.items.empty()) return fetched;
    std::uint32_t next = 1;
    std::vector<Letter> letters = load(next);
    for (const wire::Item& item : page.items) {
      const bool known = std::any_of(letters.begin(), letters.end(), [&](const Letter& letter) {
        return letter.envelope == item.envelope;
      });
      if (known || item.kind != wire::ItemKind::message || !take_in(item, fetched)) continue;
      Letter letter;
      letter.number = next++;
      letter.envelope = item.envelope;
      letter.received = clock_.now();
      letters.push_back(std::move(letter));
      ++fetched.letters;
    }
    if (fetched.was_revoked) {
      home::SessionKeyring keyring;
      home_.destroy(keyring);
      return fetched;
    }
    if (letters.size() > kMostLetters)
      letters.erase(letters.begin(), letters.end() - std::ptrdiff_t{kMostLetters});
    save(letters, next);
    const std::uint64_t cursor = page.items.back().cursor;
    if (!(spool_ ? spool_->acknowledge(cursor) : mailbox_.acknowledge(cursor))) return fetched;
    wait = std::chrono::seconds{0};
  }
  return fetched;
}

void Responder::forget_old() const {
  std::uint32_t next = 1;
  std::vector<Letter> letters = load(next);
  const auto forgotten = std::erase_if(letters, [&](const Letter& letter) {
    const auto notice = open_letter(letter);
    return !notice || notice->notice.keep_until <= clock_.now();
  });
  if (forgotten > 0) save(letters, next);
}

std::vector<Notice> Responder::notices() const {
  std::uint32_t next = 1;
  std::vector<Notice> notices;
  for (const Letter& letter : load(next))
    if (auto notice = open_letter(letter)) notices.push_back(std::move(*notice));
  std::reverse(notices.begin(), notices.end());
  return notices;
}

std::optional<Notice> Responder::find(const std::string& named) const {
  for (const Notice& notice : notices())
    if (named == std::to_string(notice.letter.number) || named == to_text(notice.header.id))
      return notice;
  return std::nullopt;
}

channel::Delivery Responder::answer(const Notice& notice, const incident::Reply& reply) {
  const base::Instant now = clock_.now();
  seal::Header header;
  header.kind = seal::Kind::reply;
  header.realness = notice.header.realness;
  header.id = seal::random_message_id(entropy_);
  header.incident = notice.header.incident;
  // Never before its last answer, whatever the clock was set to: the older of two is refused.
  std::uint32_t next = 1;
  header.created = now;
  for (const Letter& letter : load(next))
    header.created = std::max(header.created, letter.answered + base::Milliseconds{1});
  header.expires = header.created + kReplyLife;
  const seal::PublicIdentity& to = notice.notice.reply_to;
  const channel::SealedMessage outgoing{
      header.id,
      to_text(to.id()),
      {seal::seal_envelope(seal::Prepared{to.seal, entropy_}, header, incident::encode(reply),
                           identity_.signing)},
      header.expires};
  const channel::Delivery delivery =
      spool_ ? spool_->send({&outgoing, 1}).front() : mailbox_.send({&outgoing, 1}).front();
  if (delivery.receipt > contact::Receipt::read) return delivery;

  std::vector<Letter> letters = load(next);
  for (Letter& letter : letters) {
    if (letter.number != notice.letter.number) continue;
    letter.answer = reply.answer;
    letter.when = reply.when;
    letter.answered = header.created;
  }
  save(letters, next);
  return delivery;
}

base::Instant arrival_in(const Context& context, const std::string& eta) {
  const auto minutes = base::parse_minutes(eta);
  if (!minutes)
    throw Fault(Exit::usage,
                fmt::format("--eta takes minutes until you are there, not \"{}\"", eta),
                "for example 25 or 1h30");
  return context.clock.now() + *minutes;
}

Exit send_answer(Context& context, Responder& responder, const Notice& notice,
                 const incident::Reply& reply) {
  const std::string words = words_of(reply.when, reply.answer);
  const bool real = notice.header.realness == seal::Realness::real;
  if (context.dry_run) {
    context.out.line(fmt::format("would say \"{}\" to message {}", words, notice.letter.number));
    return Exit::done;
  }
  const channel::Delivery delivery = responder.answer(notice, reply);
  if (delivery.receipt > contact::Receipt::read) {
    const bool for_good = delivery.receipt == contact::Receipt::failed_for_good;
    throw Fault(for_good ? Exit::untrusted : Exit::unreachable,
                fmt::format("the answer was not sent: {}", delivery.reason),
                "say it again, or telephone: the number is on your call-in card");
  }
  if (context.json) {
    nlohmann::json object = {{"number", notice.letter.number},
                             {"message", to_text(notice.header.id)},
                             {"realness", real ? "real" : "exercise"},
                             {"answer", incident::to_text(reply.answer)},
                             {"answer_time", nullptr}};
    if (reply.when) object["answer_time"] = base::to_rfc3339(*reply.when);
    context.out.json(object);
  } else {
    context.out.line(fmt::format("{}: {}", real ? "REAL INCIDENT" : "EXERCISE", words));
  }
  return Exit::done;
}

}  // namespace tocsin::cli
