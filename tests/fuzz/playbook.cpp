// Any text either is a playbook that keeps the promises of playbook.h, or has an error.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/fault.h"
#include "playbook/load.h"
#include "playbook/template.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  document::Findings findings;
  const auto book = playbook::load_playbook(base::text_of({data, size}), "fuzz", findings);
  TOCSIN_ASSERT(book.has_value() != findings.has_errors());
  if (!book) return 0;
  TOCSIN_ASSERT(!book->shifts.empty() && !book->areas.empty() && !book->posts.empty());
  for (const playbook::Post& post : book->posts) {
    TOCSIN_ASSERT(book->find_area(post.area) != nullptr);
    const playbook::Shift* shift = book->find_shift(post.shift);
    TOCSIN_ASSERT(shift != nullptr && book->find_post(post.id) == &post);
    TOCSIN_ASSERT(!post.needs.empty() && post.minimum >= 0 && post.minimum <= post.count());
    TOCSIN_ASSERT(post.priority >= 1 && post.priority <= playbook::kLeastPriority);
    int count = 0;
    for (const playbook::Need& need : post.needs) {
      TOCSIN_ASSERT(need.count > count && need.by >= shift->from && need.by < shift->until);
      count = need.count;
    }
  }
  for (const playbook::KeyRole& key : book->cascade.key_roles)
    TOCSIN_ASSERT(book->find_post(key.post) != nullptr && book->find_post(key.post)->key_role);
  for (playbook::Priority p = 1; p <= playbook::kLeastPriority; ++p)
    TOCSIN_ASSERT(book->limits.confidence(p) < 1.0);
  return 0;
}
