#include "channel/secret_origin.h"

#include <gtest/gtest.h>

#include "base/fault.h"

namespace tocsin::channel {
namespace {

std::string origin(const std::string& url) {
  return secret_origin({{"url", url}}, "https://usual.example", "ntfy");
}

TEST(SecretOrigin, IsTheUsualOneOrWhatTheSettingsName) {
  EXPECT_EQ(secret_origin({}, "https://usual.example", "ntfy"), "https://usual.example");
  EXPECT_EQ(origin(""), "https://usual.example");
  EXPECT_EQ(origin("https://ntfy.example/here"), "https://ntfy.example/here");
  for (const char* here : {"http://127.0.0.1:8080", "http://localhost", "http://[::1]:80"})
    EXPECT_EQ(origin(here), here);
}

TEST(SecretOrigin, IsReadableByNobodyOnTheWay) {
  for (const char* url :
       {"http://ntfy.example", "http://127.0.0.1.example", "http://localhost.example",
        "http://10.0.0.7", "ftp://ntfy.example", "https://user@ntfy.example", "ntfy.example"})
    EXPECT_THROW(origin(url), base::Fault) << url;
}

}  // namespace
}  // namespace tocsin::channel
