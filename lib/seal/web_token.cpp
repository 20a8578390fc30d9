#include "seal/web_token.h"

#include "seal/hmac.h"
#include "seal/provider_mac.h"

namespace tocsin::seal {

namespace {

std::string said_in_token(std::string_view header, std::string_view claims) {
  return base::to_base64url(base::bytes_of(header)) + '.' +
         base::to_base64url(base::bytes_of(claims));
}

}  // namespace

std::string web_token(std::string_view claims, base::ByteView secret) {
  const std::string said = said_in_token(R"({"typ":"JWT","alg":"HS256"})", claims);
  start_sodium();
  const Digest signature = Hmac{secret}.add(said).end();
  return said + '.' + base::to_base64url(signature.view());
}

std::string web_token(std::string_view claims, const RsaKey& key) {
  const std::string said = said_in_token(R"({"typ":"JWT","alg":"RS256"})", claims);
  return said + '.' + base::to_base64url(key.sign(base::bytes_of(said)));
}

std::optional<base::Bytes> claims_of_web_token(std::string_view token, base::ByteView secret) {
  const std::size_t end = token.rfind('.');
  const std::size_t middle = token.find('.');
  if (middle == std::string_view::npos || middle == end) return std::nullopt;
  const std::string_view said = token.substr(0, end);
  const auto right = hmac_sha256(secret, base::bytes_of(said));
  if (!is_same(base::to_base64url(right), token.substr(end + 1))) return std::nullopt;
  return base::from_base64url(said.substr(middle + 1));
}

}  // namespace tocsin::seal
