#include "channel/email_inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "channel/json_answer.h"
#include "channel/mail/received.h"

namespace tocsin::channel {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kInbox = "INBOX";
constexpr std::string_view kLook = "STATUS INBOX (UIDNEXT UIDVALIDITY)";
constexpr base::Milliseconds kBetweenTwoLooks = seconds{5};
constexpr base::Milliseconds kLongestBetweenLooks = minutes{5};
// Who answers does so on the same night.
constexpr base::Milliseconds kOneDay = hours{24};
// Numbers in one list. libcurl 7.88 refuses an answer of some hundred lines ("too large response
// headers": it counts what waits to be read once more for each line).
constexpr std::uint32_t kListed = 50;
constexpr int kMostListsBack = 200;
constexpr std::size_t kReadAtOnce = 30;
// Of one mail, while the mailbox can be looked at: it must not hold up all others.
constexpr int kMostFailures = 3;

std::string trouble_of(ImapFailure failure) {
  constexpr std::string_view kWhat = "the mailbox for answers cannot be read";
  switch (failure) {
    case ImapFailure::none:
    case ImapFailure::interrupted:
      break;
    case ImapFailure::unreachable:
      return fmt::format("{}: its server is out of reach", kWhat);
    case ImapFailure::not_trusted:
      return fmt::format("{}: its server's certificate is not trusted, or it has no TLS", kWhat);
    case ImapFailure::login_refused:
      return fmt::format("{}: its server refuses the user or the password", kWhat);
    case ImapFailure::missing:
    case ImapFailure::refused:
    case ImapFailure::damaged:
      return fmt::format("{}: its server's answer makes no sense", kWhat);
  }
  return {};
}

}  // namespace

EmailInbox::EmailInbox(MailServer server, std::string domain, const base::Clock& clock)
    : imap_(std::move(server)),
      domain_(std::move(domain)),
      clock_(clock),
      last_given_(clock.now()) {}

void EmailInbox::expect() {
  const std::lock_guard lock{mutex_};
  last_given_ = clock_.now();
}

Polling::Asked EmailInbox::ask() {
  Polling::Asked asked;
  const base::Instant now = clock_.now();
  const ImapAnswer looked = imap_.ask("", kLook);
  if (looked.failure != ImapFailure::none) return put_off(looked.failure, {});
  const auto state = parse_mailbox_state(looked.body);
  if (!state) return put_off(ImapFailure::damaged, {});
  if (known_ && known_->validity != state->validity) {
    known_.reset();
    waiting_.clear();
  }
  if (waiting_.empty())
    if (const auto failure = find_new(*state, now)) return put_off(*failure, {});
  if (const auto failure = read_some(asked.collected))
    return put_off(*failure, std::move(asked.collected));
  setback_.is_over();
  const bool is_all = waiting_.empty() && known_->next >= state->next;
  asked.pause = is_all ? interval() : base::Milliseconds{0};
  return asked;
}

// Finds the next mails that have not been looked at.
std::optional<ImapFailure> EmailInbox::find_new(const MailboxState& state, base::Instant now) {
  if (!known_) return look_back(state, now);
  if (state.next > known_->next) {
    const std::uint32_t last = std::min(state.next - 1, known_->next + kListed - 1);
    std::vector<ListedMail> mails;
    const ImapFailure failure = list(known_->next, last, mails);
    if (failure != ImapFailure::none) return failure;
    // The server's clock may be wrong; when we looked is certain.
    for (const ListedMail& mail : mails)
      waiting_.push_back({mail.number, std::clamp(mail.received, std::min(looked_, now), now)});
    known_->next = last + 1;
  }
  if (known_->next >= state.next) looked_ = now;
  return std::nullopt;
}

// Finds the last day's mails: after a start, and when the mailbox was made anew.
std::optional<ImapFailure> EmailInbox::look_back(const MailboxState& state, base::Instant now) {
  std::deque<Waiting> found;
  std::uint32_t before = state.next;
  bool is_past = false;
  for (int i = 0; i < kMostListsBack && before > 1 && !is_past; ++i) {
    const std::uint32_t first = before > kListed ? before - kListed : 1;
    std::vector<ListedMail> mails;
    const ImapFailure failure = list(first, before - 1, mails);
    if (failure != ImapFailure::none) return failure;
    for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail) {
      is_past = is_past || mail->received < now - kOneDay;
      if (mail->received >= now - kOneDay)
        found.push_front({mail->number, std::min(mail->received, now)});
    }
    before = first;
  }
  waiting_ = std::move(found);
  known_ = state;
  looked_ = now;
  return std::nullopt;
}

ImapFailure EmailInbox::list(std::uint32_t first, std::uint32_t last,
                             std::vector<ListedMail>& mails) {
  const ImapAnswer answer =
      imap_.ask(kInbox, fmt::format("UID FETCH {}:{} (UID INTERNALDATE)", first, last));
  if (answer.failure != ImapFailure::none) return answer.failure;
  mails = parse_mail_list(answer.body);
  // "12:20" includes the last mail when its number is less (RFC 9051, 9, sequence sets).
  std::erase_if(mails,
                [&](const ListedMail& mail) { return mail.number < first || mail.number > last; });
  return ImapFailure::none;
}

// In their order: of two answers of a person the later one counts.
std::optional<ImapFailure> EmailInbox::read_some(Collected& collected) {
  std::vector<std::uint32_t> numbers;
  for (const Waiting& mail : waiting_) {
    if (numbers.size() == kReadAtOnce) break;
    numbers.push_back(mail.number);
  }
  const auto answers = imap_.fetch(kInbox, known_->validity, numbers, kMostMailBytes);
  for (const ImapAnswer& answer : answers) {
    if (answer.failure == ImapFailure::interrupted) return answer.failure;
    if (answer.failure == ImapFailure::none)
      take(waiting_.front(), answer.body, collected);
    else if (answer.failure != ImapFailure::missing && ++waiting_.front().failures < kMostFailures)
      return answer.failure;
    waiting_.pop_front();
  }
  return std::nullopt;
}

void EmailInbox::take(const Waiting& mail, base::ByteView text, Collected& collected) const {
  const MailMeaning meaning = read_mail(base::text_of(text), domain_);
  if (const auto* report = std::get_if<MailReport>(&meaning))
    collected.deliveries.push_back({report->about, report->receipt, report->reason, {}});
  const auto* answer = std::get_if<MailAnswer>(&meaning);
  if (answer == nullptr) return;
  // Their Message-ID is the same when the mailbox is made anew. Another sender cannot take it away.
  const std::string theirs = answer->theirs.empty()
                                 ? fmt::format("{}.{}", known_->validity, mail.number)
                                 : fmt::format("{} {}", answer->from, answer->theirs);
  collected.said.push_back({said_id("email", theirs), answer->from,
                            std::string{beginning_of(answer->words, kMostSaidBytes)}, mail.at,
                            answer->about});
}

// What was read is kept.
Polling::Asked EmailInbox::put_off(ImapFailure failure, Collected collected) {
  // A password that is refused again and again locks the account.
  const base::Milliseconds least =
      failure == ImapFailure::login_refused ? kLongestBetweenLooks : base::Milliseconds{0};
  return {std::move(collected), setback_.next(least), trouble_of(failure)};
}

// The longer ago the last mail was, the less often.
base::Milliseconds EmailInbox::interval() const {
  const std::lock_guard lock{mutex_};
  const base::Milliseconds quiet = clock_.now() - last_given_;
  return std::clamp(base::Milliseconds{quiet / 60}, kBetweenTwoLooks, kLongestBetweenLooks);
}

}  // namespace tocsin::channel
