// The HTTP client of every channel, over libcurl. Runs a list of requests a few at a time, follows
// no redirects, and sends nothing twice. A failure says whether the request was certainly not sent.
// The texts of failures never contain an address, a header or a body.
#pragma once

#include <chrono>
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
  // "sha256//…" of the server's public key and of spare keys. Then only these keys are trusted,
  // without regard to who signed their certificate. Without pins the system's authorities decide.
  std::vector<std::string> pins{};
  base::Milliseconds connect_patience{5'000};
};

// Where a request may go. Use public_addresses for an address that a stranger gave: only TLS, no
// proxy, and nothing inside the building, whatever the host name resolves to.
enum class Reach : std::uint8_t {
  anywhere,
  public_addresses,
  this_machine,  // by no proxy, and only addresses of the loopback, whatever the name resolves to
};

struct HttpRequest {
  std::string_view method = "GET";  // or POST, or PUT
  std::string url{};
  std::vector<std::string> headers{};  // "Name: value"
  base::Bytes body{};
  base::Milliseconds patience{30'000};
  Reach reach = Reach::anywhere;
  std::size_t most_answer_bytes = 8U << 20;
  // For an answer that may never end: gets the body of a 200 as it comes, instead of
  // HttpAnswer::body and without a limit, and returns false to be interrupted. `patience` may be 0,
  // for ever; the request ends as unknown when nothing comes for as long as `silence`.
  std::function<bool(std::string_view)> take{};
  std::chrono::seconds silence{45};
};

enum class HttpFailure : std::uint8_t {
  none,
  not_sent,     // no address or no connection: the other end saw nothing
  not_trusted,  // TLS or the pin failed: the other end saw nothing
  not_allowed,  // by Reach: the other end saw nothing
  unknown,      // a timeout, or the connection was lost
  interrupted,  // by interrupt()
  too_large,    // the answer exceeds its size limit
};

struct HttpAnswer {
  HttpFailure failure = HttpFailure::unknown;
  int status = 0;  // 0 unless failure is none
  base::Bytes body;
  base::Milliseconds retry_after{0};
  std::optional<base::Instant> date;  // by the other end's clock, when it says so
};

class HttpClient {
 public:
  using Request = HttpRequest;
  using Answer = HttpAnswer;

  explicit HttpClient(HttpSettings settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Returns answers in the order of the requests. At most `window` are in progress at once. Request
  // number i is made by request_of(i) when its turn comes.
  std::vector<HttpAnswer> perform(std::size_t count, std::size_t window,
                                  const std::function<HttpRequest(std::size_t)>& request_of);
  HttpAnswer perform(HttpRequest request);
  // May be called from any thread. Requests in progress, and all others until `resume`, end at once
  // as `interrupted`.
  void interrupt() noexcept;
  void resume() noexcept;

 private:
  struct Transfer;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The parts of "https://relay.example:8443": only a scheme, a host and a port are accepted.
struct Origin {
  std::string url;  // as written, without a slash at the end
  std::string
      host;  // what the Host header says: lower case, the port only when it is not the usual
};
std::optional<Origin> parse_origin(std::string_view url);
// The origin of a web address, which may have a path and a query; nullopt when it has a user or a
// fragment.
std::optional<Origin> origin_of(std::string_view address);

}  // namespace tocsin::channel
