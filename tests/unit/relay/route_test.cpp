#include "relay/route.h"

#include <gtest/gtest.h>

namespace tocsin::relay {
namespace {

const seal::KeyId kMailbox{{1, 2, 3}};
const std::string kPath = "/v1/mailbox/" + to_text(kMailbox);

int refused(std::string_view method, std::string_view target) {
  const Route route = route_of(method, target);
  const auto* refusal = std::get_if<Refusal>(&route);
  return refusal == nullptr ? 0 : refusal->status;
}

TEST(Route, KnowsThePagesRequests) {
  EXPECT_TRUE(std::holds_alternative<AskHealth>(route_of("GET", "/healthz")));
  EXPECT_TRUE(std::holds_alternative<AskWrite>(route_of("POST", "/v1/messages")));
  EXPECT_EQ(std::get<AskAcknowledge>(route_of("POST", kPath + "/acknowledge")).mailbox, kMailbox);
  const auto plain = std::get<AskRead>(route_of("GET", kPath));
  EXPECT_EQ(plain.mailbox, kMailbox);
  EXPECT_EQ(plain.after, 0U);
  EXPECT_EQ(plain.wait_seconds, 0);
  const auto full = std::get<AskRead>(route_of("GET", kPath + "?after=123456789012345&wait=60"));
  EXPECT_EQ(full.after, 123'456'789'012'345U);
  EXPECT_EQ(full.wait_seconds, 60);
}

TEST(Route, KnowsHooksByTheirNames) {
  const auto hook = std::get<AskHook>(route_of("POST", "/hook/sms-2?m=1&s=2"));
  EXPECT_EQ(hook.name, "sms-2");
  EXPECT_EQ(hook.query, "m=1&s=2");
  EXPECT_EQ(std::get<AskHook>(route_of("GET", "/hook/wa")).query, "");
  EXPECT_EQ(refused("PUT", "/hook/sms"), 405);
  for (const char* none : {"/hook", "/hook/", "/hook/SMS", "/hook/a/b", "/hook/a%20b"})
    EXPECT_EQ(refused("POST", none), 404) << none;
}

TEST(Route, RefusesTheRest) {
  EXPECT_EQ(refused("GET", "/nothing.js"), 404);
  EXPECT_EQ(refused("GET", "/../relay.db"), 404);
  EXPECT_EQ(refused("POST", "/"), 405);
  EXPECT_EQ(refused("GET", "/v1/mailboxes"), 404);
  EXPECT_EQ(refused("GET", ""), 404);
  EXPECT_EQ(refused("POST", "/healthz"), 405);
  EXPECT_EQ(refused("GET", "/v1/messages"), 405);
  EXPECT_EQ(refused("PUT", kPath), 405);
  EXPECT_EQ(refused("GET", kPath + "/acknowledge"), 405);
  EXPECT_EQ(refused("GET", "/v1/mailbox/"), 400);
  EXPECT_EQ(refused("GET", "/v1/mailbox/../../etc/passwd"), 400);
  EXPECT_EQ(refused("GET", kPath + "/more"), 400);
  for (const char* query : {"?after", "?after=", "?after=-1", "?after=+1", "?after= 1", "?after=1x",
                            "?wait=61", "?wait=1.5", "?after=99999999999999999999",
                            "?after=9223372036854775808", "?who=me", "?&", "?after=1&&wait=1"})
    EXPECT_EQ(refused("GET", kPath + query), 400) << query;
}

}  // namespace
}  // namespace tocsin::relay
