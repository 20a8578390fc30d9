#include "channel/imap.h"

#include <fmt/format.h>

#include <algorithm>

namespace tocsin::channel {

namespace {

constexpr base::Milliseconds kImapPatience{20'000};
// Servers allow a user a few, and the user's own programs need some.
constexpr std::size_t kImapConnections = 3;
// A list of a thousand mails has 80 kB.
constexpr std::size_t kMostLinesBytes = 1U << 20;

ImapFailure imap_failure(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return ImapFailure::none;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return ImapFailure::not_trusted;
    case CURLE_LOGIN_DENIED:
      return ImapFailure::login_refused;
    case CURLE_REMOTE_FILE_NOT_FOUND:
      return ImapFailure::missing;
    case CURLE_QUOTE_ERROR:
      return ImapFailure::refused;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_WRITE_ERROR:  // our own size limit refused bytes
    case CURLE_PARTIAL_FILE:
      return ImapFailure::damaged;
    default:
      return ImapFailure::unreachable;
  }
}

struct Keeping {
  base::Bytes* body = nullptr;
  std::size_t most_bytes = 0;

  static std::size_t keep(char* data, std::size_t size, std::size_t count, void* keeping) {
    const auto& self = *static_cast<const Keeping*>(keeping);
    const std::size_t bytes = size * count;
    if (self.body->size() + bytes > self.most_bytes) return 0;
    self.body->insert(self.body->end(), data, data + bytes);
    return bytes;
  }
};

}  // namespace

std::vector<ImapAnswer> ImapClient::perform(std::size_t count,
                                            const std::function<Request(std::size_t)>& request_of) {
  std::vector<ImapAnswer> answers(count);
  std::vector<Keeping> keeping(std::min(count, kImapConnections));
  bool is_over = false;
  transfers_.run(
      count, kImapConnections,
      [&](const Transfers::Turn& turn) {
        if (is_over) return false;
        const Request request = request_of(turn.index);
        curl_easy_setopt(turn.easy, CURLOPT_URL,
                         (server_.address.origin + '/' + request.path).c_str());
        reach(turn.easy, server_, kImapPatience);
        if (!request.command.empty())
          curl_easy_setopt(turn.easy, CURLOPT_CUSTOMREQUEST, request.command.c_str());
        keeping[turn.slot] = {&answers[turn.index].body, request.most_bytes};
        curl_easy_setopt(turn.easy, CURLOPT_WRITEFUNCTION, &Keeping::keep);
        curl_easy_setopt(turn.easy, CURLOPT_WRITEDATA, &keeping[turn.slot]);
        return true;
      },
      [&](const Transfers::Turn& turn, CURLcode code) {
        ImapAnswer& answer = answers[turn.index];
        answer.failure = imap_failure(code);
        // Others would fare as this one.
        is_over = is_over ||
                  (answer.failure != ImapFailure::none && answer.failure != ImapFailure::missing);
      });
  return answers;
}

ImapAnswer ImapClient::ask(std::string_view mailbox, std::string_view command) {
  return std::move(perform(1, [&](std::size_t) {
                     return Request{std::string{mailbox}, std::string{command}, kMostLinesBytes};
                   }).front());
}

std::vector<ImapAnswer> ImapClient::fetch(std::string_view mailbox, std::uint32_t validity,
                                          const std::vector<std::uint32_t>& numbers,
                                          std::size_t most_bytes) {
  return perform(numbers.size(), [&](std::size_t i) {
    return Request{fmt::format("{};UIDVALIDITY={}/;UID={}/;PARTIAL=0.{}", mailbox, validity,
                               numbers[i], most_bytes),
                   {},
                   most_bytes};
  });
}

}  // namespace tocsin::channel
