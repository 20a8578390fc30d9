#include "channel/threema_access.h"

#include <fmt/format.h>

#include <utility>

#include "base/base64.h"
#include "base/form.h"
#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

constexpr base::Milliseconds kThreemaPatience{10'000};
constexpr std::size_t kMostThreemaAnswer = 256 * 1024;

HttpRequest posting(std::string url, std::string_view type, std::string_view body) {
  HttpRequest request;
  request.method = "POST";
  request.url = std::move(url);
  request.headers = {fmt::format("Content-Type: {}", type)};
  request.body.assign(body.begin(), body.end());
  request.patience = kThreemaPatience;
  request.most_answer_bytes = kMostThreemaAnswer;
  return request;
}

}  // namespace

ThreemaAccess::ThreemaAccess(std::string origin, std::string id, seal::SecretText secret,
                             seal::OpeningKey key)
    : origin_(std::move(origin)),
      id_(std::move(id)),
      secret_(std::move(secret)),
      key_(std::move(key)) {}

std::string ThreemaAccess::named() const {
  const base::Fields fields{{"from", id_}, {"secret", std::string{secret_.view()}}};
  return base::write_form(fields);
}

HttpRequest ThreemaAccess::key_of(std::string_view id) const {
  HttpRequest request;
  request.url = fmt::format("{}/pubkeys/{}?{}", origin_, base::percent_coded(id), named());
  request.patience = kThreemaPatience;
  request.most_answer_bytes = 1'024;
  return request;
}

HttpRequest ThreemaAccess::send(const ThreemaBox& box) const {
  const base::Fields fields{{"from", id_},
                            {"to", box.to},
                            {"nonce", base::to_hex(box.nonce)},
                            {"box", base::to_hex(box.box)},
                            {"secret", std::string{secret_.view()}}};
  return posting(origin_ + "/send_e2e", "application/x-www-form-urlencoded",
                 base::write_form(fields));
}

HttpRequest ThreemaAccess::send_all(const std::vector<ThreemaBox>& boxes) const {
  Json all = Json::array();
  for (const ThreemaBox& box : boxes)
    all.push_back(
        {{"to", box.to}, {"nonce", base::to_base64(box.nonce)}, {"box", base::to_base64(box.box)}});
  return posting(fmt::format("{}/send_e2e_bulk?{}", origin_, named()), "application/json",
                 all.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace tocsin::channel
