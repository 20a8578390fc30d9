#include "channel/http.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>

#include "base/fault.h"
#include "base/text.h"
#include "channel/public_address.h"

namespace tocsin::channel {

namespace {

HttpFailure failure_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return HttpFailure::none;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return HttpFailure::not_sent;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return HttpFailure::not_trusted;
    case CURLE_WRITE_ERROR:  // our own size limit refused bytes
      return HttpFailure::too_large;
    default:
      return HttpFailure::unknown;
  }
}

struct FreeEasy {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

}  // namespace

// One easy handle, used for many requests, so that its connection stays open.
struct HttpClient::Transfer {
  std::unique_ptr<CURL, FreeEasy> easy{curl_easy_init()};
  std::unique_ptr<curl_slist, FreeList> headers;
  HttpRequest request;
  std::size_t index = 0;
  bool was_kept_in = false;  // the name's address was not allowed (Reach)
  bool was_left = false;     // whoever takes the body wants no more
  std::size_t given = 0;     // of the body, to libcurl

  base::Bytes* answer_body = nullptr;

  static std::size_t keep_body(char* data, std::size_t size, std::size_t count, void* transfer) {
    auto& self = *static_cast<Transfer*>(transfer);
    const std::size_t bytes = size * count;
    if (self.request.take && self.is_success()) {
      if (self.request.take({data, bytes})) return bytes;
      self.was_left = true;
      return 0;
    }
    if (self.answer_body->size() + bytes > self.request.most_answer_bytes) return 0;
    self.answer_body->insert(self.answer_body->end(), data, data + bytes);
    return bytes;
  }

  static std::size_t give_body(char* to, std::size_t size, std::size_t count, void* transfer) {
    auto& self = *static_cast<Transfer*>(transfer);
    const std::size_t bytes = std::min(size * count, self.request.body.size() - self.given);
    std::copy_n(self.request.body.begin() + static_cast<std::ptrdiff_t>(self.given), bytes, to);
    self.given += bytes;
    return bytes;
  }

  bool is_success() const {
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    return status == 200;
  }

  static curl_socket_t open_allowed(void* transfer, curlsocktype, curl_sockaddr* to) {
    const Reach reach = static_cast<const Transfer*>(transfer)->request.reach;
    if (reach == Reach::this_machine ? is_this_machine(to->addr) : is_public(to->addr))
      return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    static_cast<Transfer*>(transfer)->was_kept_in = true;
    return CURL_SOCKET_BAD;
  }

  void set_up(const HttpSettings& settings, HttpRequest next, HttpAnswer& answer) {
    request = std::move(next);
    was_kept_in = false;
    was_left = false;
    given = 0;
    answer_body = &answer.body;
    CURL* curl = easy.get();
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(settings.connect_patience.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &keep_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
    if (!settings.pins.empty()) {
      curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, base::join(settings.pins, ";").c_str());
      // With a pin, a hospital's own relay needs no certificate authority. libcurl checks the pin.
      curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
      curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (request.take) {
      curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
      curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.silence.count()));
    }
    if (request.reach == Reach::public_addresses)
      curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    if (request.reach != Reach::anywhere) {
      curl_easy_setopt(curl, CURLOPT_PROXY, "");
      curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &open_allowed);
      curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, this);
    }
    // An empty "Expect:" header stops libcurl from waiting a second before it sends a large body.
    curl_slist* list = curl_slist_append(nullptr, "Expect:");
    for (const std::string& header : request.headers)
      list = curl_slist_append(list, header.c_str());
    headers.reset(list);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    if (request.method == "POST" || request.method == "PUT") {
      curl_easy_setopt(curl, CURLOPT_POST, 1L);
      if (request.method == "PUT") curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
      // When a connection that was used before ends without an answer, libcurl sends the request
      // again, which may have been accepted. It cannot where it must ask for the body a second
      // time.
      curl_easy_setopt(curl, CURLOPT_READFUNCTION, &give_body);
      curl_easy_setopt(curl, CURLOPT_READDATA, this);
    }
  }

  void finish(CURLcode code, HttpAnswer& answer) const {
    answer.failure = failure_of(code);
    if (answer.failure == HttpFailure::not_sent && was_kept_in)
      answer.failure = HttpFailure::not_allowed;
    if (was_left) answer.failure = HttpFailure::interrupted;
    if (answer.failure != HttpFailure::none) return;
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    curl_off_t seconds = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &seconds);
    answer.retry_after = std::chrono::seconds{seconds};
    curl_header* date = nullptr;
    if (curl_easy_header(easy.get(), "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK) return;
    const time_t at = curl_getdate(date->value, nullptr);
    if (at != -1) answer.date = base::Instant{std::chrono::seconds{at}};
  }
};

struct HttpClient::Impl {
  explicit Impl(HttpSettings given) : settings(std::move(given)) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw base::Fault(base::Exit::fault, "libcurl cannot start");
    multi = curl_multi_init();
    if (multi == nullptr) throw base::Fault(base::Exit::fault, "libcurl cannot start");
  }
  ~Impl() {
    transfers.clear();
    curl_multi_cleanup(multi);
    curl_global_cleanup();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  HttpSettings settings;
  CURLM* multi = nullptr;
  std::vector<std::unique_ptr<Transfer>> transfers;  // idle ones are not in `multi`
  std::atomic<bool> interrupted{false};
};

HttpClient::HttpClient(HttpSettings settings)
    : impl_(std::make_unique<Impl>(std::move(settings))) {}
HttpClient::~HttpClient() = default;

std::vector<HttpAnswer> HttpClient::perform(
    std::size_t count, std::size_t window,
    const std::function<HttpRequest(std::size_t)>& request_of) {
  std::vector<HttpAnswer> answers(count);
  while (impl_->transfers.size() < std::min(window, count))
    impl_->transfers.push_back(std::make_unique<Transfer>());

  // The timeout of a handle runs while it waits inside libcurl, so give libcurl only `window` at a
  // time.
  std::vector<Transfer*> idle;
  for (const auto& transfer : impl_->transfers)
    if (idle.size() < window) idle.push_back(transfer.get());
  std::vector<Transfer*> busy;
  std::size_t next = 0;
  std::size_t left = count;
  while (left > 0) {
    if (impl_->interrupted.load()) {
      for (std::size_t i = next; i < count; ++i) answers[i].failure = HttpFailure::interrupted;
      for (Transfer* transfer : busy) {
        curl_multi_remove_handle(impl_->multi, transfer->easy.get());
        answers[transfer->index].failure = HttpFailure::interrupted;
      }
      return answers;
    }
    while (next < count && !idle.empty()) {
      Transfer* transfer = idle.back();
      idle.pop_back();
      transfer->index = next;
      transfer->set_up(impl_->settings, request_of(next), answers[next]);
      curl_multi_add_handle(impl_->multi, transfer->easy.get());
      busy.push_back(transfer);
      ++next;
    }
    int running = 0;
    curl_multi_perform(impl_->multi, &running);
    int queued = 0;
    bool finished = false;
    while (const CURLMsg* message = curl_multi_info_read(impl_->multi, &queued)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      transfer->finish(message->data.result, answers[transfer->index]);
      curl_multi_remove_handle(impl_->multi, transfer->easy.get());
      std::erase(busy, transfer);
      idle.push_back(transfer);
      finished = true;
      --left;
    }
    // Wait at most 1 s. Sockets, libcurl's own timers and interrupt() end the wait earlier.
    if (!finished && left > 0) curl_multi_poll(impl_->multi, nullptr, 0, 1'000, nullptr);
  }
  return answers;
}

HttpAnswer HttpClient::perform(HttpRequest request) {
  return std::move(perform(1, 1, [&](std::size_t) { return std::move(request); }).front());
}

void HttpClient::interrupt() noexcept {
  impl_->interrupted.store(true);
  curl_multi_wakeup(impl_->multi);
}

void HttpClient::resume() noexcept { impl_->interrupted.store(false); }

namespace {

struct Address {
  Origin origin;
  std::string path, query, fragment;
};

std::optional<Address> parse(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> parsed{curl_url()};
  if (curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
    return std::nullopt;
  const auto part = [&](CURLUPart which, unsigned flags) {
    char* value = nullptr;
    std::string out;
    if (curl_url_get(parsed.get(), which, &value, flags) == CURLUE_OK && value != nullptr)
      out = value;
    curl_free(value);
    return out;
  };
  const std::string scheme = part(CURLUPART_SCHEME, 0);
  const std::string host = base::to_lower(part(CURLUPART_HOST, 0));
  const std::string port = part(CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  if ((scheme != "http" && scheme != "https") || host.empty()) return std::nullopt;
  const std::string named = port.empty() ? host : fmt::format("{}:{}", host, port);
  return Address{{fmt::format("{}://{}", scheme, named), named},
                 part(CURLUPART_PATH, 0),
                 part(CURLUPART_QUERY, 0),
                 part(CURLUPART_FRAGMENT, 0)};
}

}  // namespace

std::optional<Origin> parse_origin(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  auto address = parse(std::string{url});
  if (!address || (!address->path.empty() && address->path != "/") || !address->query.empty() ||
      !address->fragment.empty())
    return std::nullopt;
  address->origin.url = url;
  return std::move(address->origin);
}

std::optional<Origin> origin_of(std::string_view url) {
  auto address = parse(std::string{url});
  if (!address || !address->fragment.empty()) return std::nullopt;
  return std::move(address->origin);
}

}  // namespace tocsin::channel
