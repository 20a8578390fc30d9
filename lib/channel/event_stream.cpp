#include "channel/event_stream.h"

#include <utility>

namespace tocsin::channel {

void EventStream::add(std::string_view bytes) {
  for (const char c : bytes) {
    const bool is_second = std::exchange(was_return_, c == '\r') && c == '\n';
    if (is_second) continue;
    if (c == '\n' || c == '\r')
      end_line();
    else if (line_.size() + data_.size() < most_)
      line_ += c;
    else
      is_too_large_ = true;
  }
}

void EventStream::end_line() {
  const std::string line = std::exchange(line_, {});
  if (!line.empty()) {
    const std::size_t colon = line.find(':');
    const std::string_view field = std::string_view{line}.substr(0, colon);
    std::string_view value;
    if (colon != std::string::npos) value = std::string_view{line}.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "event") name_ = value;
    if (field == "data") {
      if (std::exchange(has_data_, true)) data_ += '\n';
      data_ += value;
    }
    return;
  }
  const bool is_sound = has_data_ && !std::exchange(is_too_large_, false);
  const std::string name = std::exchange(name_, {});
  const std::string data = std::exchange(data_, {});
  has_data_ = false;
  if (is_sound) take_(name, data);
}

}  // namespace tocsin::channel
