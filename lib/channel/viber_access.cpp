#include "channel/viber_access.h"

#include <fmt/format.h>

#include <utility>

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostViberResultBytes = 256 * 1024;
constexpr base::Milliseconds kViberPatience{10'000};

}  // namespace

ViberAccess::ViberAccess(std::string origin, const seal::SecretText& token)
    : origin_(std::move(origin)),
      authorization_(fmt::format("X-Viber-Auth-Token: {}", token.view())) {}

HttpRequest ViberAccess::post(std::string_view method, std::string_view json) const {
  HttpRequest request;
  request.method = "POST";
  request.url = fmt::format("{}/pa/{}", origin_, method);
  request.headers = {std::string{authorization_.view()}, "Content-Type: application/json"};
  request.body.assign(json.begin(), json.end());
  request.patience = kViberPatience;
  request.most_answer_bytes = kMostViberResultBytes;
  return request;
}

}  // namespace tocsin::channel
