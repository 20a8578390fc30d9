#include "channel/mail_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin::channel {

namespace {

constexpr base::Milliseconds kConnectPatience{10'000};

struct Scheme {
  std::string_view name;
  MailProtocol protocol;
  bool is_implicit_tls;
  std::string_view port;
};
constexpr auto kSchemes = std::to_array<Scheme>({{"smtp", MailProtocol::smtp, false, "587"},
                                                 {"smtps", MailProtocol::smtp, true, "465"},
                                                 {"imap", MailProtocol::imap, false, "143"},
                                                 {"imaps", MailProtocol::imap, true, "993"}});

struct FreeServerUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

std::string server_part(CURLU* url, CURLUPart which) {
  char* value = nullptr;
  std::string out;
  if (curl_url_get(url, which, &value, 0) == CURLUE_OK && value != nullptr) out = value;
  curl_free(value);
  return out;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

std::optional<MailAddress> parse_mail_server(std::string_view text, MailProtocol protocol) {
  const std::unique_ptr<CURLU, FreeServerUrl> url{curl_url()};
  if (curl_url_set(url.get(), CURLUPART_URL, std::string{text}.c_str(), CURLU_DISALLOW_USER) !=
      CURLUE_OK)
    return std::nullopt;
  const std::string name = server_part(url.get(), CURLUPART_SCHEME);
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& one) {
    return one.name == name && one.protocol == protocol;
  });
  const std::string host = base::to_lower(server_part(url.get(), CURLUPART_HOST));
  const std::string path = server_part(url.get(), CURLUPART_PATH);
  const bool has_more = (!path.empty() && path != "/") ||
                        !server_part(url.get(), CURLUPART_QUERY).empty() ||
                        !server_part(url.get(), CURLUPART_FRAGMENT).empty() ||
                        !server_part(url.get(), CURLUPART_OPTIONS).empty();
  if (scheme == kSchemes.end() || host.empty() || has_more) return std::nullopt;
  std::string port = server_part(url.get(), CURLUPART_PORT);
  if (port.empty()) port = scheme->port;
  return MailAddress{fmt::format("{}://{}:{}", name, host, port), scheme->is_implicit_tls,
                     is_loopback(host)};
}

void reach(CURL* easy, const MailServer& server, base::Milliseconds patience) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kConnectPatience.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  // Also of a goodbye.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(std::chrono::ceil<std::chrono::seconds>(patience).count()));
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // On this machine nobody is between. Whoever names a pin wants it checked there as well.
  const bool is_bare = server.address.is_this_machine && server.pins.empty();
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(is_bare ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!server.pins.empty()) {
    curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, base::join(server.pins, ";").c_str());
    // With a pin, a hospital's own server needs no certificate authority. libcurl checks the pin.
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!server.login || server.login->user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, server.login->user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, std::string{server.login->password.view()}.c_str());
}

}  // namespace tocsin::channel
