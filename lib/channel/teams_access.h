// One application at Microsoft Entra, as requests of the channel teams name themselves to Microsoft
// Graph. A token is asked for when it is needed, and again 46 minutes before it expires, because
// notifications are refused with one that lives shorter than 45. Used by one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channel/http.h"
#include "seal/secret_file.h"

namespace tocsin::channel {

struct TeamsAccount {
  std::string login;   // "https://login.microsoftonline.com", without a slash at the end
  std::string graph;   // "https://graph.microsoft.com", the same
  std::string tenant;  // a UUID
  std::string app;     // the same
  seal::SecretText secret;
};

struct TeamsToken {
  std::string text;  // goes into a header: printable, no blanks
  std::chrono::seconds life;
};
// Nullopt when it is no such answer, or a token that no header could hold.
std::optional<TeamsToken> parse_teams_token(base::ByteView body);

class TeamsAccess {
 public:
  TeamsAccess(TeamsAccount account, const base::Clock& clock);

  // Asks for a token when there is none that lives long enough. Why there is none; empty: there is
  // one.
  std::string_view sign_in(HttpClient& http);
  // Graph did not take it.
  void forget() noexcept { token_.clear(); }
  // A request with the token.
  HttpRequest post(std::string_view target, std::string_view json) const;

 private:
  TeamsAccount account_;
  const base::Clock& clock_;
  std::string token_;
  base::Milliseconds until_{0};  // by the steady clock: when it is too old for a notification
};

}  // namespace tocsin::channel
