// A request to a hook. The first byte says of which provider; the next lines are its query, content
// type, Authorization and signature; the rest is its body.
#include <algorithm>

#include "base/fault.h"
#include "base/form.h"
#include "relay/hook/authentic.h"

using namespace tocsin;

namespace {

std::string_view line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const auto provider = static_cast<relay::Provider>(bytes[0] % relay::kProviders.size());
  std::string_view rest = base::text_of({bytes + 1, size - 1});
  relay::Posted posted;
  posted.query = line_of(rest);
  posted.content_type = line_of(rest);
  posted.authorization = line_of(rest);
  posted.signature = line_of(rest);
  posted.body = base::bytes_of(rest);
  // No input of a fuzzer is signed with a secret that it does not know.
  const relay::Hook hook{
      "one",        provider, seal::SecretText{"3d844edf-8d35-48ac-975b-e847b4f122b0"},
      std::nullopt, {},       "https://relay.example/hook/one"};
  const base::Instant now{std::chrono::hours{500'000}};
  TOCSIN_ASSERT(authentic(hook, posted, now) != relay::Authentic::yes);
  TOCSIN_ASSERT(!answer_to_challenge(hook, posted.query));
  if (const auto fields = base::read_form(rest))
    TOCSIN_ASSERT(base::read_form(base::write_form(*fields)) == fields);
  return 0;
}
