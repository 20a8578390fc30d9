#include "seal/rsa_key.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "unit/seal/rfc7515.h"

namespace tocsin::seal {
namespace {

// Made with: openssl genrsa 1024 | openssl pkcs8 -topk8 -nocrypt
constexpr std::string_view kSmallKey = R"(
-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAMIl1Zc8w865CIud
rKtai7hu8JXJtR/fnW5KQV83t1LsPd6tbGMeYL0csmWN9lo0+QqjeByonJxbIPsI
1bsOPIFVw9MGYczVusETbyIupg7zj3IiOOZORCADfe222qVyc5xIbLIsVQ4zy4Uv
R5+abRbTGuxX6EHtOBkL6QrTC7gHAgMBAAECgYEApJU4NSZBA8zeDqVSzExM58O8
Ve6Rifyh0+5E7rgnw7cbV9sCaCBHd+mM3gRzk9MWT8t2Ni1F3lJuagD6VsFhzfRJ
eNc+F5LplO9iPPqe7k9giWTYvzaQ8Oyjx0dOH9CDB0W/tHNWOgEKy9ETWgoYgwS3
cBUxDLI1Io8uhr0nhxkCQQDlRczMXOuGSYhKnNybEYK2ylDMakqKEmM7mlQuRc7S
HPikx1F3tfeS/K21yoOLZg6w03zEWaQNM2yTuZ3qm8Q9AkEA2MfM7dByqUk3htOW
hOeSqfkP5IDU71ZQASg8B7AbdeQwjvdIKxwmOFDlKRp8ksOkGIR32DpMMKN1LZVR
4S29kwJAEQCIG2+Yl7DERqQzR9yYkO2X6FDJjkumyDi9nWDX4YT8e1u8kuAPp/rM
9vo5nxDGbh6A1h6/p6r0lk/hghBjEQJAc/rZqjaG0glpGspjUnHu5t9o4FEJG4+r
OCNFkrtmxbkzPZoRU3c4/5JQOKCCG6duSOu+jsIJ90/MpnmoF/h33wJAFDD2sPiz
cEjaEvN+s8wl8ox9tWEtTUsyxbw0qq3fNxgaBCoP3SVDAiRA1ZK814d/OqxhkL8Q
dUhRCHy9QGSCNw==
-----END PRIVATE KEY-----
)";

// openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt
constexpr std::string_view kOtherKey = R"(
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN6qDL4vbYAiEp0Nu
j0kmWuoDFqO7IvY2HaBqTSBj7EOhRANCAART2JFnY4RsH3iAg+r8pXSmjXT2t7Tg
19GIPLwNv7KDGRPlGgW1KLuMY1JzUD78txGBhxv3aBiw24OqRuLJv+Ty
-----END PRIVATE KEY-----
)";

// openssl genrsa 1024 | openssl pkcs8 -topk8 -passout pass:x
constexpr std::string_view kLockedKey = R"(
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIC3TBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI9WyQwbcK9TACAggA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBDckEsHAS0E6WP698lXjTSaBIIC
gFFByauTVwkMoIM78e6k0NivLY9ikMN0lcNVuFIdDYkIRVTUEopLVOtgL2+sLk21
N+wPbkiHmanhvpiA7GMJWmkO6eE/Zcvn4Y7MpV7slFpfx9y7650RDfGZy7Mohy//
fxxym/DSrVzIH1gKv+x4M7hR7KP6U9iyxbDkg94m9LChxh3LzYjqFyoL6/mxIeQB
ovh/lM8pW6Vw+RWJb3yQe35M2Cgo4t1FNagUC4dAxdwyh3bX4GJ7z+H5iHicqXwu
5M+1jtLAwS20aRu9GJF9c1rlW8mUxK568msbir28Nb/on68lLUglh8z+tA8cZWs3
m2O+1DIeWW5am3M8wb5SSziw1Zv8iCFxOskSSCPbMy6uouVzunQOxFSvU487QycF
W4dsUam+k9h8w2lPprvBgeT0mZnVGshkDzxUwX+fdMKTAKtzM0pir/DuY0Vcy4Pk
pbD4dYL6ls7MCHhD6aYRMVDGT9AdjEnL+gMzKSiprrBAwk09VUFZodLgfgPPTkgA
W2XTlk+ZQVX01aLpbQSp7RhQo7kBVVAxfmB8SuIZyouokcWuEJVQgl1w1X4CUXgA
zQVanOahfB/7cV+eOI3FmQmvx7pO2ZiP83sP4h4jAWRTyTFn1jyFqWpCATWloRzC
0gWZirxkTaUpz1MQIaI06woUF99Ggeg5zcbyKQy09ob81GrDlO8U2C7BBB9tHd0D
ETRedy7mDasTJVOrqUzRh0CJ3L4kPEJxYIIDomPkRsFRzeaOivyWq7S4HEv0UK+6
Z+xVGAsG0fGfZYC7pAjOgB3PTljzxQDVSUrtEIfZVJV8QFg+uZIkUDIGcieU6i4f
AvgHXLL8+GpCdKQN1FBUYNE=
-----END ENCRYPTED PRIVATE KEY-----
)";

std::optional<RsaKey> rsa_key_in(std::string_view pem) { return RsaKey::from_pem(SecretText{pem}); }

// RFC 7515, A.2.1: what is signed, and its signature.
TEST(RsaKey, SignsAsTheStandardSays) {
  constexpr std::string_view kSaid =
      "eyJhbGciOiJSUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ";
  constexpr std::string_view kSignature =
      "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5"
      "jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb"
      "1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QO"
      "YEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
  for (const std::string_view pem : {kRfc7515Key, kRfc7515KeyInPkcs1}) {
    const auto key = rsa_key_in(pem);
    ASSERT_TRUE(key);
    EXPECT_EQ(base::to_base64url(key->sign(base::bytes_of(kSaid))), kSignature);
  }
}

TEST(RsaKey, OtherTextIsNone) {
  for (const std::string_view pem : {std::string_view{}, std::string_view{"token"}, kSmallKey,
                                     kOtherKey, kLockedKey, kRfc7515PublicKey})
    EXPECT_FALSE(rsa_key_in(pem)) << pem.substr(0, 40);
  std::string cut{kRfc7515Key};
  cut.erase(cut.size() / 2, 4);
  EXPECT_FALSE(rsa_key_in(cut));
}

}  // namespace
}  // namespace tocsin::seal
