#include "channel/notify_access.h"

#include <fmt/format.h>

#include "seal/web_token.h"

namespace tocsin::channel {

namespace {

// A page of 250 texts has about 300 kB, and at most 2 MB when strangers write as much as they can.
constexpr std::size_t kMostPageBytes = std::size_t{4} << 20;
constexpr std::size_t kMostResultBytes = 64 * 1024;
// A request may hold up the driver for as long, and a text that was accepted is answered at once.
constexpr base::Milliseconds kNotifyPatience{10'000};
// Half of what Notify allows.
constexpr base::Milliseconds kSameTime{15'000};

}  // namespace

NotifyAccess::NotifyAccess(std::string origin, NotifyKey key, const base::Clock& clock)
    : origin_(std::move(origin)), key_(std::move(key)), clock_(clock) {}

std::string NotifyAccess::token() const {
  const auto at = std::chrono::floor<std::chrono::seconds>(now());
  return seal::web_token(
      fmt::format(R"({{"iss":"{}","iat":{}}})", key_.issuer, at.time_since_epoch().count()),
      base::bytes_of(key_.secret.view()));
}

HttpRequest NotifyAccess::get(std::string_view target) const {
  HttpRequest request;
  request.url = fmt::format("{}{}", origin_, target);
  request.headers = {"Authorization: Bearer " + token()};
  request.patience = kNotifyPatience;
  request.most_answer_bytes = kMostPageBytes;
  return request;
}

HttpRequest NotifyAccess::post(std::string_view target, std::string_view json) const {
  HttpRequest request = get(target);
  request.method = "POST";
  request.headers.emplace_back("Content-Type: application/json");
  const base::ByteView body = base::bytes_of(json);
  request.body.assign(body.begin(), body.end());
  request.most_answer_bytes = kMostResultBytes;
  return request;
}

bool NotifyAccess::learn_time(const HttpAnswer& answer) {
  if (answer.failure != HttpFailure::none || (answer.status != 401 && answer.status != 403) ||
      !answer.date)
    return false;
  const base::Milliseconds ahead = *answer.date - clock_.now();
  if (std::chrono::abs(ahead - ahead_.load()) <= kSameTime) return false;
  ahead_.store(ahead);
  return true;
}

}  // namespace tocsin::channel
