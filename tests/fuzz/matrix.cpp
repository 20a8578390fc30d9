// What a Matrix homeserver answers. The first byte says which bytes follow: an id or a wait, the
// list of direct rooms, or what happened in rooms.
#include "base/fault.h"
#include "base/text.h"
#include "channel/matrix_answer.h"
#include "channel/said.h"

using namespace tocsin;

namespace {

bool is_one_segment(std::string_view text) {
  return channel::percent_encoded(text).find_first_of("/?#& ") == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0:
      TOCSIN_ASSERT(channel::parse_matrix_wait(rest) >= base::Milliseconds{0});
      for (const auto& id : {channel::parse_matrix_user(rest), channel::parse_matrix_room(rest),
                             channel::parse_matrix_event(rest)})
        if (id) TOCSIN_ASSERT(id->size() > 1 && id->size() <= 255 && is_one_segment(*id));
      channel::parse_matrix_membership(rest);
      break;
    case 1:
      if (const auto direct = channel::parse_matrix_direct(rest))
        for (const auto& [person, rooms] : *direct)
          for (const std::string& room : rooms)
            TOCSIN_ASSERT(room.starts_with('!') && is_one_segment(room) && is_one_segment(person));
      break;
    default:
      if (const auto news = channel::parse_matrix_sync(rest)) {
        TOCSIN_ASSERT(!news->next.empty() && is_one_segment(news->next));
        for (const channel::MatrixRoomNews& room : news->rooms)
          for (const channel::MatrixEvent& event : room.events) {
            TOCSIN_ASSERT(event.id.starts_with('$') && event.sender.starts_with('@'));
            TOCSIN_ASSERT(event.words.size() <= channel::kMostSaidBytes);
            TOCSIN_ASSERT(base::is_utf8(event.words));
          }
      }
  }
  return 0;
}
