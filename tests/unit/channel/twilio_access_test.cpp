#include "channel/twilio_access.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/fault.h"

namespace tocsin::channel {
namespace {

namespace fs = std::filesystem;

const std::string kAccount = "AC0123456789abcdef0123456789abcdef";

// printf 'AC0123456789abcdef0123456789abcdef:token' | base64
TEST(TwilioAccess, NamesItselfInAHeaderAndNowhereElse) {
  const TwilioAccess access{"https://api.twilio.com", kAccount, seal::SecretText{"token"}};
  const HttpRequest get = access.get(access.path_of("Messages.json"));
  EXPECT_EQ(get.url, "https://api.twilio.com/2010-04-01/Accounts/" + kAccount + "/Messages.json");
  EXPECT_EQ(get.headers,
            std::vector<std::string>{"Authorization: Basic "
                                     "QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbg=="});
  const HttpRequest post = access.post("Calls.json", {{"To", "+447700900123"}, {"Twiml", "<a b>"}});
  EXPECT_EQ(post.method, "POST");
  EXPECT_EQ(post.url, "https://api.twilio.com/2010-04-01/Accounts/" + kAccount + "/Calls.json");
  EXPECT_EQ(base::text_of(post.body), "To=%2B447700900123&Twiml=%3Ca%20b%3E");
}

// printf 'SK1:secret' | base64
TEST(TwilioAccess, AnApiKeyStandsForTheToken) {
  const TwilioAccess access{"https://api.twilio.com", kAccount, seal::SecretText{"SK1:secret"}};
  EXPECT_EQ(access.get("/").headers.front(), "Authorization: Basic U0sxOnNlY3JldA==");
}

TEST(TwilioAccess, IsMadeFromSettings) {
  std::string name = (fs::temp_directory_path() / "tocsin-twilio-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  std::ofstream{fs::path{name} / "key"} << "token\n";
  fs::permissions(fs::path{name} / "key", fs::perms::owner_read);
  EXPECT_TRUE(TwilioAccess::make({{"account", kAccount}, {"key", "key"}}, name)
                  .get("/x")
                  .url.starts_with("https://api.twilio.com/x"));
  EXPECT_EQ(TwilioAccess::make(
                {{"account", kAccount}, {"key", "key"}, {"url", "http://127.0.0.1:9"}}, name)
                .get("/x")
                .url,
            "http://127.0.0.1:9/x");
  EXPECT_THROW(TwilioAccess::make({{"account", "AC1"}, {"key", "key"}}, name), base::Fault);
  EXPECT_THROW(TwilioAccess::make({{"account", kAccount}, {"key", "none"}}, name), base::Fault);
  fs::remove_all(name);
}

}  // namespace
}  // namespace tocsin::channel
