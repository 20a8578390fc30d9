#include "channel/telegram_access.h"

#include <fmt/format.h>

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostTelegramResultBytes = 64 * 1024;
// A request may hold up the driver for as long.
constexpr base::Milliseconds kTelegramPatience{10'000};

}  // namespace

HttpRequest TelegramAccess::get(std::string_view method) const {
  HttpRequest request;
  request.url = fmt::format("{}/bot{}/{}", origin_, token_.view(), method);
  request.patience = kTelegramPatience;
  return request;
}

HttpRequest TelegramAccess::post(std::string_view method, std::string_view json) const {
  HttpRequest request = get(method);
  request.method = "POST";
  request.headers = {"Content-Type: application/json"};
  const base::ByteView body = base::bytes_of(json);
  request.body.assign(body.begin(), body.end());
  request.most_answer_bytes = kMostTelegramResultBytes;
  return request;
}

}  // namespace tocsin::channel
