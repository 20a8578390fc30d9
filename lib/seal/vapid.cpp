#include "seal/vapid.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"

namespace tocsin::seal {

namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

std::string coded(std::string_view json) { return base::to_base64url(base::bytes_of(json)); }

}  // namespace

std::string vapid_authorization(const P256Key& key, std::string_view origin,
                                std::string_view contact, base::Instant now) {
  TOCSIN_ASSERT(is_plain(origin) && is_plain(contact));
  const auto expires =
      std::chrono::floor<std::chrono::seconds>(now + kVapidLife).time_since_epoch().count();
  const std::string subject = contact.empty() ? "" : fmt::format(R"(,"sub":"{}")", contact);
  const std::string said =
      fmt::format("{}.{}", coded(R"({"typ":"JWT","alg":"ES256"})"),
                  coded(fmt::format(R"({{"aud":"{}","exp":{}{}}})", origin, expires, subject)));
  return fmt::format("vapid t={}.{}, k={}", said,
                     base::to_base64url(key.sign(base::bytes_of(said))),
                     base::to_base64url(key.point()));
}

}  // namespace tocsin::seal
