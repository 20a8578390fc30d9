// A Matrix homeserver over loopback, with as much of it as the tests of the parts need: what it
// holds is public, and each target may be made to fail.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "unit/channel/push_service.h"

namespace tocsin::channel {

struct Homeserver {
  nlohmann::json direct = nlohmann::json::object();
  std::map<std::string, std::string> memberships;  // "room person", percent-encoded, to a word
  std::map<std::string, std::string> failures;     // a beginning of a target to a head
  std::string failure_body;
  std::set<std::string> refused;      // whom it makes no room for
  std::vector<nlohmann::json> syncs;  // the answers to sync, in order
  std::vector<std::string> asked;
  std::vector<nlohmann::json> sent;
  int made = 0;
  PushService service;

  Homeserver() {
    service.will_answer([this](const PushService::Request& request) { return answer(request); });
  }
  std::size_t times(std::string_view beginning) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        asked, [&](const std::string& one) { return one.starts_with(beginning); }));
  }

 private:
  PushService::Answer answer(const PushService::Request& request) {
    std::string target = request.head.substr(0, request.head.find(" HTTP"));
    constexpr std::string_view kPrefix = "/_matrix/client/v3/";
    if (const std::size_t at = target.find(kPrefix); at != std::string::npos)
      target.erase(at, kPrefix.size());
    asked.push_back(target);
    for (const auto& [beginning, head] : failures)
      if (target.starts_with(beginning)) return {head, failure_body};
    const nlohmann::json body = nlohmann::json::parse(request.body, nullptr, false);
    if (target == "GET account/whoami") return ok({{"user_id", "@call-ins:b"}});
    if (target.starts_with("GET user/%40call-ins%3Ab/account_data/m.direct"))
      return direct.is_null() ? PushService::Answer{"404 Not Found", ""} : ok(direct);
    if (target.starts_with("PUT user/%40call-ins%3Ab/account_data/m.direct")) {
      direct = body;
      return ok(nlohmann::json::object());
    }
    if (target.starts_with("GET rooms/")) {
      const std::string room = target.substr(10, target.find("/state/") - 10);
      const std::string person = target.substr(target.rfind('/') + 1);
      const auto found = memberships.find(room + " " + person);
      if (found == memberships.end()) return {"404 Not Found", ""};
      return ok({{"membership", found->second}});
    }
    if (target == "POST createRoom") {
      const std::string person = body.at("invite").at(0);
      if (refused.contains(person)) return {"403 Forbidden", R"({"errcode":"M_FORBIDDEN"})"};
      sent.push_back(body);
      return ok({{"room_id", fmt::format("!made{}:b", ++made)}});
    }
    if (target.starts_with("PUT rooms/")) {
      sent.push_back(body);
      return ok({{"event_id", fmt::format("$e{}", sent.size())}});
    }
    if (target.starts_with("GET sync") && !syncs.empty()) {
      const nlohmann::json news = syncs.front();
      if (syncs.size() > 1) syncs.erase(syncs.begin());
      return ok(news);
    }
    return {"404 Not Found", ""};
  }
  static PushService::Answer ok(const nlohmann::json& value) { return {"200 OK", value.dump()}; }
};

}  // namespace tocsin::channel
