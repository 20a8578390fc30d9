#include "channel/verdict.h"

#include <fmt/format.h>

namespace tocsin::channel {

std::optional<Verdict> verdict_without_answer(const HttpAnswer& answer, std::string_view provider) {
  switch (answer.failure) {
    case HttpFailure::none:
      break;
    case HttpFailure::not_sent:
    case HttpFailure::not_allowed:
      return Verdict{Receipt::failed_for_now, fmt::format("{} is out of reach", provider)};
    case HttpFailure::not_trusted:
      return Verdict{Receipt::failed_for_now,
                     fmt::format("{}'s certificate is not trusted", provider)};
    case HttpFailure::unknown:
      return Verdict{Receipt::unknown, fmt::format("{} did not answer", provider)};
    case HttpFailure::interrupted:
      return Verdict{Receipt::unknown, "interrupted"};
    case HttpFailure::too_large:
      return Verdict{Receipt::unknown, fmt::format("{}'s answer is too large", provider)};
  }
  return std::nullopt;
}

std::string reading_trouble(const HttpAnswer& answer, std::string_view what,
                            std::string_view refused) {
  const auto because = [&](std::string_view why) {
    return fmt::format("{} cannot be read: {}", what, why);
  };
  switch (answer.failure) {
    case HttpFailure::none:
      break;
    case HttpFailure::interrupted:
      return {};
    case HttpFailure::not_trusted:
      return because("the certificate is not trusted");
    case HttpFailure::too_large:
      return because("there is too much of it");
    case HttpFailure::not_sent:
    case HttpFailure::not_allowed:
    case HttpFailure::unknown:
      return because("it is out of reach");
  }
  if (answer.status == 200) return because("it is damaged");
  if (answer.status == 401 || answer.status == 403) return because(refused);
  return because(fmt::format("the answer is {}", answer.status));
}

}  // namespace tocsin::channel
