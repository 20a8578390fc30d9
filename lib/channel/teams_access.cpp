#include "channel/teams_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/form.h"
#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Milliseconds kTeamsPatience{10'000};
constexpr std::size_t kMostTeamsToken = 16 * 1024;
constexpr std::size_t kMostTeamsAnswer = 64 * 1024;
constexpr base::Milliseconds kTooOld = minutes{46};
constexpr std::int64_t kLongestLife = std::int64_t{24} * 3'600;

void put_body(HttpRequest& request, std::string_view body) {
  request.method = "POST";
  request.body.assign(body.begin(), body.end());
  request.patience = kTeamsPatience;
  request.most_answer_bytes = kMostTeamsAnswer;
}

}  // namespace

std::optional<TeamsToken> parse_teams_token(base::ByteView body) {
  const Json answer = parse_answer(body);
  const std::string_view token = text_member(answer, "access_token", kMostTeamsToken);
  const Json& life = member(answer, "expires_in");
  const bool is_printed = std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
  if (token.empty() || !is_printed || !life.is_number_unsigned()) return std::nullopt;
  const auto most = static_cast<std::uint64_t>(kLongestLife);
  return TeamsToken{std::string{token},
                    seconds{static_cast<std::int64_t>(std::min(life.get<std::uint64_t>(), most))}};
}

TeamsAccess::TeamsAccess(TeamsAccount account, const base::Clock& clock)
    : account_(std::move(account)), clock_(clock) {}

std::string_view TeamsAccess::sign_in(HttpClient& http) {
  if (!token_.empty() && clock_.steady() < until_) return {};
  token_.clear();
  const base::Fields form{{"client_id", account_.app},
                          {"scope", "https://graph.microsoft.com/.default"},
                          {"client_secret", std::string{account_.secret.view()}},
                          {"grant_type", "client_credentials"}};
  HttpRequest request;
  request.url = fmt::format("{}/{}/oauth2/v2.0/token", account_.login, account_.tenant);
  request.headers = {"Content-Type: application/x-www-form-urlencoded"};
  put_body(request, base::write_form(form));
  const HttpAnswer answer = http.perform(std::move(request));
  if (answer.failure == HttpFailure::not_trusted)
    return "the certificate of Microsoft's sign-in is not trusted";
  if (answer.failure != HttpFailure::none || answer.status >= 500)
    return "Microsoft's sign-in is out of reach";
  auto token = answer.status == 200 ? parse_teams_token(answer.body) : std::nullopt;
  if (!token) return "Microsoft refuses the application: its secret, its id or the tenant";
  token_ = std::move(token->text);
  until_ = clock_.steady() + token->life - kTooOld;
  return {};
}

HttpRequest TeamsAccess::post(std::string_view target, std::string_view json) const {
  HttpRequest request;
  request.url = account_.graph + std::string{target};
  request.headers = {"Authorization: Bearer " + token_, "Content-Type: application/json"};
  put_body(request, json);
  return request;
}

}  // namespace tocsin::channel
