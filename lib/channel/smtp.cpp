#include "channel/smtp.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include "channel/mail/letter.h"

namespace tocsin::channel {

namespace {

// A mail may hold up the driver for as long. Servers that are wary of strangers greet after 6 s.
constexpr base::Milliseconds kSmtpPatience{15'000};
// As many as the large providers of mailboxes allow.
constexpr std::size_t kConnections = 3;

// One mail on its way.
struct Submission {
  struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };

  SmtpMail mail;
  std::unique_ptr<curl_slist, FreeList> recipients;
  std::size_t given = 0;  // of the text
  SmtpStage stage = SmtpStage::greeting;

  static std::size_t give_text(char* to, std::size_t size, std::size_t count, void* submission) {
    auto& self = *static_cast<Submission*>(submission);
    const std::size_t bytes = std::min(size * count, self.mail.text.size() - self.given);
    std::copy_n(self.mail.text.data() + self.given, bytes, to);
    self.given += bytes;
    return bytes;
  }

  static std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
  }

  // libcurl tells nowhere else what it was that the server refused. Looks at the verbs alone: one
  // of the commands holds the password.
  static int watch(CURL*, curl_infotype type, char* bytes, std::size_t size, void* submission) {
    auto& stage = static_cast<Submission*>(submission)->stage;
    if (type != CURLINFO_HEADER_OUT || size < 4) return 0;
    const std::string_view verb{bytes, 4};
    if (verb == "AUTH") stage = SmtpStage::login;
    if (verb == "MAIL") stage = SmtpStage::sender;
    if (verb == "RCPT") stage = SmtpStage::recipient;
    if (verb == "DATA") stage = SmtpStage::text;
    return 0;
  }

  void set_up(CURL* easy, SmtpMail next) {
    mail = std::move(next);
    given = 0;
    stage = SmtpStage::greeting;
    recipients.reset(curl_slist_append(nullptr, ('<' + mail.to + '>').c_str()));
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, ('<' + mail.from + '>').c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.text.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &give_text);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &drop);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &watch);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  }

  SmtpAnswer outcome(CURL* easy, CURLcode code) const {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return {failure_of(code, static_cast<int>(status)), stage, static_cast<int>(status), {}};
  }

  SmtpFailure failure_of(CURLcode code, int status) const {
    const bool is_refusal = status >= 400 && status < 600;
    switch (code) {
      case CURLE_OK:
        return SmtpFailure::none;
      case CURLE_LOGIN_DENIED:
        return status >= 400 && status < 500 ? SmtpFailure::refused : SmtpFailure::login_refused;
      case CURLE_USE_SSL_FAILED:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_ISSUER_ERROR:
        if (given == 0) return SmtpFailure::not_trusted;
        break;
      case CURLE_OPERATION_TIMEDOUT:
        if (given > 0) return SmtpFailure::unknown;
        return SmtpFailure::not_sent;
      default:
        break;
    }
    if (is_refusal) return SmtpFailure::refused;
    return given > 0 ? SmtpFailure::unknown : SmtpFailure::not_sent;
  }
};

bool is_of_the_server(SmtpFailure failure) {
  return failure == SmtpFailure::not_sent || failure == SmtpFailure::not_trusted ||
         failure == SmtpFailure::login_refused || failure == SmtpFailure::unknown;
}

}  // namespace

std::vector<SmtpAnswer> SmtpClient::perform(std::size_t count, std::size_t window,
                                            const std::function<SmtpMail(std::size_t)>& mail_of) {
  window = std::min({window, count, kConnections});
  std::vector<SmtpAnswer> answers(count);
  std::vector<Submission> submissions(window);
  std::vector<bool> has_begun(count);
  // Others would fare as this one, and each would take as long.
  std::optional<SmtpAnswer> ends_all;
  transfers_.run(
      count, window,
      [&](const Transfers::Turn& turn) {
        if (ends_all) return false;
        has_begun[turn.index] = true;
        SmtpMail mail = mail_of(turn.index);
        // What follows the slash is how libcurl says EHLO: not by this machine's name.
        const std::string url = server_.address.origin + '/' + std::string{domain_of(mail.from)};
        curl_easy_setopt(turn.easy, CURLOPT_URL, url.c_str());
        reach(turn.easy, server_, kSmtpPatience);
        submissions[turn.slot].set_up(turn.easy, std::move(mail));
        return true;
      },
      [&](const Transfers::Turn& turn, CURLcode code) {
        SmtpAnswer& answer = answers[turn.index];
        answer = submissions[turn.slot].outcome(turn.easy, code);
        if (is_of_the_server(answer.failure)) ends_all = answer;
      });
  if (!ends_all) return answers;
  if (ends_all->failure == SmtpFailure::unknown) ends_all->failure = SmtpFailure::not_sent;
  for (std::size_t i = 0; i < count; ++i)
    if (!has_begun[i]) answers[i] = *ends_all;
  return answers;
}

}  // namespace tocsin::channel
