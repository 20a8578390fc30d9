#include "channel/matrix_access.h"

#include <fmt/format.h>

#include "channel/matrix_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostMatrixResultBytes = 64 * 1024;
// A request may hold up the driver for as long.
constexpr base::Milliseconds kMatrixPatience{10'000};

}  // namespace

HttpRequest MatrixAccess::get(std::string_view target) const {
  HttpRequest request;
  request.url = fmt::format("{}/_matrix/client/v3/{}", origin_, target);
  request.headers = {fmt::format("Authorization: Bearer {}", token_.view())};
  request.patience = kMatrixPatience;
  return request;
}

HttpRequest MatrixAccess::post(std::string_view target, std::string_view json) const {
  return with("POST", target, json);
}

HttpRequest MatrixAccess::put(std::string_view target, std::string_view json) const {
  return with("PUT", target, json);
}

HttpRequest MatrixAccess::with(std::string_view method, std::string_view target,
                               std::string_view json) const {
  HttpRequest request = get(target);
  request.method = method;
  request.headers.emplace_back("Content-Type: application/json");
  const base::ByteView body = base::bytes_of(json);
  request.body.assign(body.begin(), body.end());
  request.most_answer_bytes = kMostMatrixResultBytes;
  return request;
}

std::string MatrixAccess::self(HttpClient& http, HttpAnswer& answer) {
  {
    const std::lock_guard lock{mutex_};
    if (!self_.empty()) return self_;
  }
  answer = http.perform(get("account/whoami"));
  if (answer.failure != HttpFailure::none || answer.status != 200) return {};
  const auto user = parse_matrix_user(answer.body);
  if (!user) return {};
  const std::lock_guard lock{mutex_};
  self_ = *user;
  return self_;
}

}  // namespace tocsin::channel
