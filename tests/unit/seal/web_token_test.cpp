#include "seal/web_token.h"

#include <gtest/gtest.h>

#include "unit/seal/rfc7515.h"

namespace tocsin::seal {
namespace {

// Made by python3 with hmac, hashlib and base64 alone:
//   b = lambda x: base64.urlsafe_b64encode(x).rstrip(b"=")
//   said = b(b'{"typ":"JWT","alg":"HS256"}') + b"." + b(claims)
//   said + b"." + b(hmac.new(secret, said, hashlib.sha256).digest())
TEST(WebToken, IsWhatAnotherProgramSigns) {
  EXPECT_EQ(web_token(R"({"iss":"26785a09-ab16-4eb0-8407-a37497a57506","iat":1568818578})",
                      base::bytes_of("3d844edf-8d35-48ac-975b-e847b4f122b0")),
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."
            "eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1hMzc0OTdhNTc1MDYiLCJpYXQiOjE1Njg4MTg1Nzh9."
            "YT_aQYNif0l3HaPwy62Cj9g0qsYzjnj1K5pLwkELiFw");
  EXPECT_EQ(web_token("{}", {}),
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.uJKHM4XyWv1bC_-rpkjK19GUy0Fgrkm_pGHi8XghjWM");
}

// Made with: openssl dgst -sha256 -sign KEY
TEST(WebToken, IsSignedByAKeyAsWell) {
  const auto key = RsaKey::from_pem(SecretText{kRfc7515Key});
  ASSERT_TRUE(key);
  EXPECT_EQ(
      web_token(R"({"iat":1})", *key),
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJpYXQiOjF9."
      "UWiOOoicS2rm1P21J0w0PhjdEr47at_wYAUO8IPHb2D8t1eKAy9av-ILxqlKCkNVfZ6urQG5e5WdXrhIfP2gTjTFdCP2"
      "aw5LhP4dl8YgiNYhhWWSWr80wv7TSOr5ehyemhchoJHRe6Uvi-WKPn058Z4xxkslfpuZLh4GEHNjNn8CqASTwh87fzXZ"
      "CerpwATPYglN4I4BCWcf-aQF3FJJFSI8TyvXn1gFrkfPEG3kXPTul3_19B7EXWcXBFRgq-0gq8DHql9d0ib4f_LJN3y2"
      "92FmySeh0aP9YQyQzmMEhR5YEny837rnviakc8S6FvADKpsKFNeaSRHoYsAkwRy7_g");
}

TEST(WebToken, IsBelievedOnlyUnderItsSecret) {
  const base::ByteView secret = base::bytes_of("3d844edf-8d35-48ac-975b-e847b4f122b0");
  const std::string token = web_token(R"({"iat":1})", secret);
  const auto claims = claims_of_web_token(token, secret);
  ASSERT_TRUE(claims);
  EXPECT_EQ(base::text_of(*claims), R"({"iat":1})");
  EXPECT_FALSE(claims_of_web_token(token, base::bytes_of("another")));
  // "alg":"none" with its claims, unsigned.
  EXPECT_FALSE(claims_of_web_token("eyJhbGciOiJub25lIn0.eyJpYXQiOjF9.", secret));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(claims_of_web_token(forged, secret)) << i;
    EXPECT_FALSE(claims_of_web_token(token.substr(0, i), secret)) << i;
  }
}

}  // namespace
}  // namespace tocsin::seal
