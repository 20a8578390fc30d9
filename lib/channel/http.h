// One HTTP client over libcurl, for every channel that speaks HTTP. Runs a list of requests a few
// at a time, follows no redirects, sends nothing twice, and tells "was never sent" from "nobody
// knows". No address, header or body ever appears in its reasons.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"

namespace tocsin::channel {

struct HttpSettings {
  // "sha256//…" of the server's public key, and of a spare: such a key is trusted whoever signed
  // its certificate, and no other is. None: the system's authorities decide.
  std::vector<std::string> pins{};
  base::Milliseconds connect_patience{5'000};
};

// Whom a request may be made to. An address that a stranger named is for public_addresses: by TLS,
// past no proxy, and to nothing inside the building, whatever its name stands for.
enum class Reach : std::uint8_t { anywhere, public_addresses };

struct HttpRequest {
  std::string_view method = "GET";
  std::string url{};
  std::vector<std::string> headers{};  // "Name: value"
  base::Bytes body{};
  base::Milliseconds patience{30'000};
  Reach reach = Reach::anywhere;
  std::size_t most_answer_bytes = 8U << 20;
};

enum class HttpFailure : std::uint8_t {
  none,
  not_sent,     // no address, no connection: the far end saw nothing
  not_trusted,  // TLS or the pin refused: the far end saw nothing
  not_allowed,  // beyond its reach: the far end saw nothing
  unknown,      // timed out or lost on the way
  interrupted,  // by interrupt()
  too_large,    // an answer of more than it may have
};

struct HttpAnswer {
  HttpFailure failure = HttpFailure::unknown;
  int status = 0;  // 0 unless failure is none
  base::Bytes body;
  base::Milliseconds retry_after{0};
};

class HttpClient {
 public:
  explicit HttpClient(HttpSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Answers in the order of the requests; at most `window` of them are under way at once, and each
  // is made, by its number, only when its turn has come.
  std::vector<HttpAnswer> perform(std::size_t count, std::size_t window,
                                  const std::function<HttpRequest(std::size_t)>& request_of);
  HttpAnswer perform(HttpRequest request);
  // From any thread: what is being performed ends now as `interrupted`, and so does all that is
  // asked until `resume`.
  void interrupt() noexcept;
  void resume() noexcept;

 private:
  struct Transfer;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// "https://relay.example:8443" apart: nothing but a scheme, a host and a port will do.
struct Origin {
  std::string url;  // as written, without a slash at the end
  std::string
      host;  // what the Host header says: lower case, the port only when it is not the usual
};
std::optional<Origin> parse_origin(std::string_view url);
// Of a web address with a path and a query; nullopt when it has a user or a fragment.
std::optional<Origin> origin_of(std::string_view address);

}  // namespace tocsin::channel
