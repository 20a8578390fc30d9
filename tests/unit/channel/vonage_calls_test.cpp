#include "channel/vonage_calls.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/fault.h"
#include "unit/seal/rfc7515.h"

namespace tocsin::channel {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string kVonageApplication = "78d335fa-323d-0114-9c3d-d6f0d48968cf";

class VonageCallsTest : public testing::Test {
 protected:
  HttpRequest request() {
    return calls_.request_of({"+447700900123",
                              "+442079460000",
                              {"BRAVO.", "https://h/hook/v?m=1&s=choice"},
                              "https://h/hook/v?m=1"});
  }
  Verdict verdict(int status, std::string_view body = {}) {
    HttpAnswer answer;
    answer.failure = HttpFailure::none;
    answer.status = status;
    answer.body.assign(body.begin(), body.end());
    return calls_.verdict_of(answer);
  }
  static json part(const std::string& token, std::size_t begin) {
    const auto bytes = base::from_base64url(token.substr(begin, token.find('.', begin) - begin));
    return json::parse(*bytes);
  }

  base::VirtualClock clock_{base::Instant{std::chrono::seconds{1'800'000'000}}};
  VonageCalls calls_{"https://api.example", kVonageApplication,
                     *seal::RsaKey::from_pem(seal::SecretText{seal::kRfc7515Key}), clock_};
};

TEST_F(VonageCallsTest, SaysWhatTheManualSaysAndNothingElse) {
  const HttpRequest asked = request();
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.url, "https://api.example/v1/calls");
  const json body = json::parse(asked.body);
  EXPECT_EQ(body.size(), 7U);
  EXPECT_EQ(body["to"], json::array({{{"type", "phone"}, {"number", "447700900123"}}}));
  EXPECT_EQ(body["from"], (json{{"type", "phone"}, {"number", "442079460000"}}));
  EXPECT_EQ(body["event_url"], json::array({"https://h/hook/v?m=1"}));
  EXPECT_EQ(body["event_method"], "POST");
  EXPECT_EQ(body["machine_detection"], "continue");
  EXPECT_EQ(body["ringing_timer"], 25);
  EXPECT_EQ(body["ncco"][0]["text"], "BRAVO.");
  EXPECT_EQ(body["ncco"][1]["eventUrl"], json::array({"https://h/hook/v?m=1&s=choice"}));
}

TEST_F(VonageCallsTest, NamesItselfByATokenForEachRequest) {
  const auto token_of = [](const HttpRequest& asked) {
    constexpr std::string_view kBefore = "Authorization: Bearer ";
    EXPECT_TRUE(asked.headers.at(0).starts_with(kBefore));
    return asked.headers.at(0).substr(kBefore.size());
  };
  const std::string token = token_of(request());
  EXPECT_EQ(part(token, 0), (json{{"typ", "JWT"}, {"alg", "RS256"}}));
  const json claims = part(token, token.find('.') + 1);
  EXPECT_EQ(claims["application_id"], kVonageApplication);
  EXPECT_EQ(claims["iat"], 1'800'000'000);
  EXPECT_EQ(claims["exp"], 1'800'000'900);
  EXPECT_EQ(claims["jti"].get<std::string>().size(), 32U);
  const std::string other = token_of(request());
  EXPECT_NE(part(other, other.find('.') + 1)["jti"], claims["jti"]);
  clock_.advance(std::chrono::hours{1});
  const std::string later = token_of(request());
  EXPECT_EQ(part(later, later.find('.') + 1)["iat"], 1'800'003'600);
}

TEST_F(VonageCallsTest, EveryAnswerHasItsMeaning) {
  const std::string made = R"({"uuid":"63f61863-4a51-4f6b-86e1-46edebcf9356","status":"started"})";
  EXPECT_EQ(verdict(201, made).receipt, Receipt::sent);
  EXPECT_EQ(verdict(200, made).receipt, Receipt::unknown);
  EXPECT_EQ(verdict(201, "{}").receipt, Receipt::unknown);
  EXPECT_EQ(verdict(201, R"({"uuid":"63f61863"})").receipt, Receipt::unknown);
  EXPECT_EQ(verdict(429).receipt, Receipt::failed_for_now);
  EXPECT_TRUE(verdict(429).is_busy);
  for (const int status : {401, 403, 408, 500, 503})
    EXPECT_EQ(verdict(status).receipt, Receipt::failed_for_now) << status;
  for (const int status : {301, 400, 402, 404, 422})
    EXPECT_EQ(verdict(status).receipt, Receipt::failed_for_good) << status;
}

TEST_F(VonageCallsTest, AReasonNamesNoNumber) {
  const auto why = [this](const std::string& field) {
    return verdict(400, R"({"title":"Bad Request","invalid_parameters":[{"name":")" + field +
                            R"(","reason":"447700900123"}]})")
        .reason;
  };
  EXPECT_EQ(why("to"), "Vonage does not take the number");
  EXPECT_EQ(why("to[0].number"), "Vonage does not take the number");
  EXPECT_EQ(why("from"), "Vonage does not take the caller in tocsin.yaml");
  EXPECT_EQ(why("447700900123"), "Vonage refuses the request");
  EXPECT_EQ(verdict(400, R"({"invalid_parameters":[]})").reason, "Vonage refuses the request");
  EXPECT_EQ(verdict(400, R"({"invalid_parameters":[7]})").reason, "Vonage refuses the request");
}

TEST(VonageCalls, IsMadeFromSettings) {
  std::string name = (fs::temp_directory_path() / "tocsin-vonage-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  const auto write = [&](const char* file, std::string_view text) {
    std::ofstream{fs::path{name} / file} << text;
    fs::permissions(fs::path{name} / file, fs::perms::owner_read);
  };
  write("key", seal::kRfc7515Key);
  write("token", "token");
  const base::VirtualClock clock{base::Instant{}};
  const auto url = [&](const contact::Settings& settings) {
    return VonageCalls::make(settings, name, clock).request_of({}).url;
  };
  EXPECT_EQ(url({{"application", kVonageApplication}, {"key", "key"}}),
            "https://api.nexmo.com/v1/calls");
  EXPECT_EQ(url({{"application", kVonageApplication}, {"key", "key"}, {"url", "http://[::1]:9"}}),
            "http://[::1]:9/v1/calls");
  EXPECT_THROW(url({{"application", "AC1"}, {"key", "key"}}), base::Fault);
  EXPECT_THROW(url({{"application", kVonageApplication + "\""}, {"key", "key"}}), base::Fault);
  EXPECT_THROW(url({{"application", kVonageApplication}, {"key", "token"}}), base::Fault);
  EXPECT_THROW(url({{"application", kVonageApplication}, {"key", "none"}}), base::Fault);
  fs::remove_all(name);
}

}  // namespace
}  // namespace tocsin::channel
