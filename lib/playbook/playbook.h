// What a playbook says, once it has been read: areas, posts, cascade, limits, messages. A value
// with every default filled in. It has at least one shift, and each post is in one of its shifts
// and areas, even in a playbook that is not sound. tocsin-playbook(5) specifies the format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "contact/channel.h"
#include "playbook/code_words.h"

namespace tocsin::playbook {

using AreaId = base::Id<struct AreaTag>;
using PostId = base::Id<struct PostTag>;  // "resus/nurse/response": area, role, shift
using RoleId = base::Id<struct RoleTag>;
using ShiftId = base::Id<struct ShiftTag>;
using SkillId = base::Id<struct SkillTag>;
using StaffGroupId = base::Id<struct StaffGroupTag>;
using contact::ChannelId;

// 1 is the most important. Priorities of one playbook need not be consecutive.
using Priority = int;
inline constexpr Priority kLeastPriority = 9;

// Minutes from the declaration: from <= t < until.
struct Shift {
  ShiftId id;
  std::string title;
  base::Minutes from{0};
  base::Minutes until{0};
};

struct Area {
  AreaId id;
  std::string title;
  Priority priority = 1;
  std::string report_to;  // where people go, in words
  RoleId lead;            // the role among its posts that leads; empty when the area has no lead
};

// "3 by 20 min, 6 by 60 min" is {3, 20}, {6, 60}: counts include the earlier ones, and counts and
// times both rise.
struct Need {
  int count = 0;
  base::Minutes by{0};  // from the declaration
};

// Equal seats of one role in one area for one shift.
struct Post {
  PostId id;
  AreaId area;
  RoleId role;
  ShiftId shift;
  std::string title;         // of the role: "Trauma nurse"
  StaffGroupId staff_group;  // any when empty
  std::vector<SkillId> all_of;
  std::vector<SkillId> any_of;  // at least one of these, when there are any
  std::vector<Need> needs;      // never empty
  int minimum = 0;              // safe number, at most count()
  Priority priority = 1;        // the area's by default
  bool key_role = false;        // asked before everybody else; in the first shift only

  int count() const noexcept { return needs.back().count; }
  base::Minutes by() const noexcept { return needs.back().by; }  // when the last seat is needed
};

// Where staff wait to be called forward.
struct HoldingArea {
  AreaId id;
  std::string title;
  std::string report_to;
  int capacity = 0;                        // 0: not stated
  std::vector<StaffGroupId> staff_groups;  // empty: everyone
};

// A post for which people are asked first. `on_call` and `deputies` are on-call roles of the rota.
struct KeyRole {
  PostId post;                   // in the first shift that has it
  RoleId on_call;                // empty: anybody who can hold the post
  std::vector<RoleId> deputies;  // asked in this order after silence or a no
};

enum class OnSilence : std::uint8_t { next_channel, deputy, phone_list };

struct Cascade {
  std::vector<KeyRole> key_roles;
  std::vector<ChannelId> channels{ChannelId{"relay"}, ChannelId{"phone"}};  // tried in this order
  std::map<Priority, base::Minutes> answer_windows;  // by priority, where the playbook says so
  base::Minutes answer_window_default{10};
  std::vector<OnSilence> on_silence{OnSilence::next_channel, OnSilence::deputy,
                                    OnSilence::phone_list};
  int reminders = 1;  // sent within one window of one channel
  // Channels that are tried at the same time, where the playbook says so.
  std::map<Priority, std::vector<ChannelId>> together_by_priority;
  std::vector<ChannelId> together_default;

  base::Minutes answer_window(Priority priority) const;
  // Empty when each channel is tried by itself.
  std::vector<ChannelId> together(Priority priority) const;
};

struct Rest {
  base::Minutes between_shifts{11 * 60};
  base::Minutes longest_shift{13 * 60};
  base::Minutes week{72 * 60};  // in any 7 days
  base::Minutes after_nights{46 * 60};
};

// What is done about a prompt that the coordinator has not answered in time.
enum class Unanswered : std::uint8_t { accept, decline };

struct Limits {
  std::map<Priority, double> confidence_by_priority;
  std::optional<double> confidence_default;  // for priorities that are not listed
  Rest rest;
  // The share of a staff group that may be called in one incident, 0 to 1.
  std::map<StaffGroupId, double> largest_share_by_group;
  double largest_share_default = 1.0;
  // The share of the staff on duty in a ward (the roster's area of work) that may leave it, 0 to 1.
  std::map<std::string, double> on_duty_share_by_ward;
  double on_duty_share_default = 0.25;
  int prompts_per_hour = 12;  // the coordinator's attention budget
  base::Minutes prompt_window{15};
  Unanswered unanswered_gap = Unanswered::decline;
  Unanswered unanswered_lead_missing = Unanswered::decline;
  Unanswered unanswered_rest_override = Unanswered::accept;

  // The probability with which a wave must fill all posts of a priority in time. The defaults are
  // 0.95 for priority 1, 0.90 for 2, and 0.80 for all others.
  double confidence(Priority priority) const;
  double largest_share(const StaffGroupId& group) const;
  double on_duty_share(std::string_view ward) const;
};

enum class MessageKind : std::uint8_t {
  standby,
  request,
  reminder,
  assigned,
  reserve,
  stand_down,
  offer_acknowledgement,
  update,
  nudge,  // the only call or decision for a channel whose provider can read it
  // Answers to what somebody wrote in words. They name nothing of an incident.
  choices,     // the words were unclear: how to answer
  no_details,  // they were not kept: they may be about a patient
  stopped,     // they get no more messages there
  whose,       // several people have the address: who wrote?
};
inline constexpr std::size_t kMessageKinds = 13;
// Whether strangers may read a message of this kind.
constexpr bool is_for_strangers(MessageKind kind) { return kind >= MessageKind::nudge; }
std::string_view to_text(MessageKind kind);  // as spelt in playbooks: "stand_down"

struct Messages {
  // By language (BCP 47, lower case). An empty text means that the playbook has none.
  std::map<std::string, std::array<std::string, kMessageKinds>> texts;
  CodeWords code_words;

  // The template in this language, or else in its base language ("cy" for "cy-gb"), or else in
  // English, or else the built-in English one; never empty. Fill it with render (template.h).
  const std::string& text(MessageKind kind, std::string_view language) const;
};

struct Retention {
  int days = 365;
  int device_days = 7;      // on responders' devices, from the declaration; at most `days`
  bool legal_hold = false;  // while true, nothing is purged
};

struct Site {
  std::string code;  // ODS code, upper case
  std::string name;
  std::string switchboard;  // a telephone number as people dial it; empty when not stated
};

struct Playbook {
  int format = 1;
  std::string id;
  std::string title;
  std::string revision;
  Site site;
  std::vector<Shift> shifts;  // in order of time
  std::vector<Area> areas;    // in the playbook's order; of a sound one, also in order of priority
  std::vector<Post> posts;    // in order of area, then as written, then shift
  std::vector<HoldingArea> holding_areas;
  Cascade cascade;
  Limits limits;
  Messages messages;
  Retention retention;
  std::string source_text;  // the file as it was read, for the journal

  const Area* find_area(const AreaId& id) const noexcept;
  const Shift* find_shift(const ShiftId& id) const noexcept;
  const Post* find_post(const PostId& id) const noexcept;
};

}  // namespace tocsin::playbook
