#include "channel/whatsapp_access.h"

#include <fmt/format.h>

#include <utility>

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostWhatsAppResultBytes = 64 * 1024;
constexpr base::Milliseconds kWhatsAppPatience{10'000};

}  // namespace

WhatsAppAccess::WhatsAppAccess(std::string_view origin, std::string_view version,
                               std::string number, const seal::SecretText& token)
    : url_(fmt::format("{}/{}/{}/messages", origin, version, number)),
      number_(std::move(number)),
      authorization_(fmt::format("Authorization: Bearer {}", token.view())) {}

HttpRequest WhatsAppAccess::send(std::string_view json) const {
  HttpRequest request;
  request.method = "POST";
  request.url = url_;
  request.headers = {std::string{authorization_.view()}, "Content-Type: application/json"};
  request.body.assign(json.begin(), json.end());
  request.patience = kWhatsAppPatience;
  request.most_answer_bytes = kMostWhatsAppResultBytes;
  return request;
}

}  // namespace tocsin::channel
