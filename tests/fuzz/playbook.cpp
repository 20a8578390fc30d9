// Any text that can be read is a playbook that keeps the promises of playbook.h, whatever the judge
// says of it. Any other text has an error.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "playbook/judging/judge.h"
#include "playbook/reading/read.h"

namespace {

using namespace tocsin;

void check_posts(const playbook::Playbook& book) {
  for (const playbook::Post& post : book.posts) {
    TOCSIN_ASSERT(book.find_area(post.area) != nullptr);
    const playbook::Shift* shift = book.find_shift(post.shift);
    TOCSIN_ASSERT(shift != nullptr && book.find_post(post.id) == &post);
    TOCSIN_ASSERT(!post.needs.empty() && post.minimum >= 0 && post.minimum <= post.count());
    TOCSIN_ASSERT(post.priority >= 1 && post.priority <= playbook::kLeastPriority);
    int count = 0;
    for (const playbook::Need& need : post.needs) {
      TOCSIN_ASSERT(need.count > count && need.by >= shift->from && need.by < shift->until);
      count = need.count;
    }
  }
}

void check_model(const playbook::Playbook& book) {
  TOCSIN_ASSERT(!book.shifts.empty());
  for (std::size_t i = 0; i < book.shifts.size(); ++i) {
    TOCSIN_ASSERT(book.shifts[i].from < book.shifts[i].until);
    TOCSIN_ASSERT(i == 0 || book.shifts[i - 1].until <= book.shifts[i].from);
  }
  check_posts(book);
  for (const playbook::KeyRole& key : book.cascade.key_roles)
    TOCSIN_ASSERT(book.find_post(key.post) != nullptr && book.find_post(key.post)->key_role);
  for (playbook::Priority p = 1; p <= playbook::kLeastPriority; ++p)
    TOCSIN_ASSERT(book.limits.confidence(p) < 1.0 && book.cascade.answer_window(p).count() > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const playbook::Reading reading = playbook::read_playbook(base::text_of({data, size}), "fuzz");
  document::Findings findings;
  playbook::judge(reading, findings);
  TOCSIN_ASSERT(reading.is_readable() || findings.has_errors());
  if (reading.is_readable()) check_model(reading.playbook);
  if (findings.has_errors()) return 0;
  TOCSIN_ASSERT(!reading.playbook.areas.empty() && !reading.playbook.posts.empty());
  return 0;
}
