// Any words are read, the same each time; only "coming" and "later" have a time, within the bounds
// that they may have, and whoever answers and refuses in one message is never believed.
#include "incident/answer/text_answer.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/fault.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  using incident::Answer;
  using incident::Reply;
  const base::Instant now = *base::from_rfc3339("2026-11-30T22:40:00Z");
  const base::Zone zone;
  const std::string_view words = base::text_of({data, size});
  const auto read = incident::read_text_answer(words, now, zone);
  const auto* reply = std::get_if<Reply>(&read);
  if (reply == nullptr) return 0;
  const bool has_time = reply->answer == Answer::coming || reply->answer == Answer::later;
  TOCSIN_ASSERT(reply->when.has_value() == has_time);
  TOCSIN_ASSERT(reply->answer != Answer::none && reply->answer != Answer::seen);
  if (has_time) TOCSIN_ASSERT(*reply->when > now && *reply->when <= now + base::Minutes{10'080});
  const std::string contradicted = "Y 20\nN\n" + std::string{words};
  const auto both = incident::read_text_answer(contradicted, now, zone);
  const auto* answer = std::get_if<Reply>(&both);
  TOCSIN_ASSERT(answer == nullptr || answer->answer != Answer::coming);
  return 0;
}
