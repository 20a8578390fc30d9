#include "playbook/playbook.h"

#include <algorithm>

namespace tocsin::playbook {

namespace {

template <class Key, class Value>
Value at_or(const std::map<Key, Value>& values, const Key& key, Value otherwise) {
  const auto found = values.find(key);
  return found == values.end() ? otherwise : found->second;
}

template <class Item, class Id>
const Item* find_by_id(const std::vector<Item>& items, const Id& id) noexcept {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

base::Minutes Cascade::answer_window(Priority priority) const {
  return at_or(answer_windows, priority, answer_window_default);
}

std::vector<ChannelId> Cascade::together(Priority priority) const {
  return at_or(together_by_priority, priority, together_default);
}

double Limits::confidence(Priority priority) const {
  const double otherwise = priority <= 1 ? 0.95 : priority == 2 ? 0.90 : 0.80;
  return at_or(confidence_by_priority, priority, confidence_default.value_or(otherwise));
}

double Limits::largest_share(const StaffGroupId& group) const {
  return at_or(largest_share_by_group, group, largest_share_default);
}

double Limits::on_duty_share(std::string_view ward) const {
  return at_or(on_duty_share_by_ward, std::string{ward}, on_duty_share_default);
}

const Area* Playbook::find_area(const AreaId& wanted) const noexcept {
  return find_by_id(areas, wanted);
}

const Shift* Playbook::find_shift(const ShiftId& wanted) const noexcept {
  return find_by_id(shifts, wanted);
}

const Post* Playbook::find_post(const PostId& wanted) const noexcept {
  return find_by_id(posts, wanted);
}

}  // namespace tocsin::playbook
