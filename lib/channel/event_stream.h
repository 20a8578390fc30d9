// Server-sent events (the HTML standard, 9.2), split out of the bytes of an answer that does not
// end. Hostile: an event that is too large is skipped, and the memory it takes is bounded.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tocsin::channel {

class EventStream {
 public:
  // The name of the event, empty when it has none, and its data: lines with a line feed between.
  using Take = std::function<void(std::string_view name, std::string_view data)>;

  // `most`: the bytes of one event.
  EventStream(std::size_t most, Take take) : most_(most), take_(std::move(take)) {}

  void add(std::string_view bytes);

 private:
  void end_line();

  std::size_t most_;
  Take take_;
  std::string line_;
  std::string name_;
  std::string data_;
  bool has_data_ = false;
  bool is_too_large_ = false;  // the event that is being read
  bool was_return_ = false;    // a line feed after it belongs to it
};

}  // namespace tocsin::channel
