#include "drill/people/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "drill/people/figures.h"

namespace tocsin::drill {

namespace {

using base::Instant;
using base::SeededRandom;
using std::chrono::hours;

constexpr std::array<std::string_view, 40> kGiven = {
    "Ada",     "Bilal",   "Chloe", "Dewi",    "Efua",   "Farah",  "Gareth", "Hana",
    "Idris",   "Jaya",    "Kofi",  "Leila",   "Maeve",  "Nikhil", "Oluchi", "Piotr",
    "Quentin", "Rhian",   "Sana",  "Tomasz",  "Uma",    "Viktor", "Wanda",  "Xin",
    "Yusuf",   "Zofia",   "Angus", "Bronwen", "Ciaran", "Deepa",  "Elin",   "Femi",
    "Grace",   "Harriet", "Imran", "Joao",    "Kerry",  "Lowri",  "Mei",    "Noor"};
constexpr std::array<std::string_view, 40> kFamily = {
    "Abara",   "Bexley",  "Cadogan", "Dunmore",  "Eastgate",  "Fenwick", "Garside", "Holloway",
    "Ingram",  "Jessop",  "Kettle",  "Larkin",   "Mistry",    "Norbury", "Okoro",   "Pemberton",
    "Quayle",  "Rashid",  "Selwyn",  "Tanner",   "Underhill", "Varley",  "Wexford", "Yarrow",
    "Zaman",   "Ashdown", "Birkett", "Coombe",   "Darwish",   "Ellwood", "Farrow",  "Gilroy",
    "Haldane", "Iqbal",   "Jardine", "Kinsella", "Lomax",     "Mahmood", "Nettles", "Osei"};

// What one post requires of its holder.
struct Trade {
  std::string staff_group;
  std::string role;
  std::string ward;
  std::vector<std::string> all_of;
  std::vector<std::string> any_of;
  double weight = 0;  // seats
};

std::vector<Trade> trades_of(const playbook::Playbook& playbook) {
  std::vector<Trade> trades;
  for (const playbook::Post& post : playbook.posts) {
    Trade trade{post.staff_group.str(),           post.role.str(), post.area.str(), {}, {},
                static_cast<double>(post.count())};
    for (const auto& skill : post.all_of) trade.all_of.push_back(skill.str());
    for (const auto& skill : post.any_of) trade.any_of.push_back(skill.str());
    trades.push_back(std::move(trade));
  }
  return trades;
}

LogNormal travel_of(const Figures& figures, const std::vector<std::string>& skills) {
  const auto has = [&](std::string_view word) {
    return std::find(skills.begin(), skills.end(), word) != skills.end();
  };
  if (has("doctor")) return figures.arrival_doctors;
  if (has("radiographer") || has("technician")) return figures.arrival_technicians;
  return figures.arrival_all;
}

class Maker {
 public:
  Maker(const playbook::Playbook& playbook, std::size_t size, Instant at,
        const SeededRandom& random)
      : playbook_(playbook), size_(size), at_(at), random_(random), trades_(trades_of(playbook)) {}

  Staff make() {
    for (std::size_t i = 0; i < size_; ++i) add_person(i, pick_trade(i));
    for (const playbook::KeyRole& key : playbook_.cascade.key_roles) cover(key);
    return {roster::Roster{1, at_, std::move(people_)}, roster::Rota{1, std::move(stints_), {}}};
  }

 private:
  // In proportion to the seats, by the largest remainder so far, so that small rosters get every
  // trade in turn.
  std::size_t pick_trade(std::size_t number) {
    if (taken_.empty()) {
      taken_.assign(trades_.size(), 0);
      for (const Trade& trade : trades_) total_ += trade.weight;
    }
    std::size_t best = 0;
    double most = -1;
    for (std::size_t t = 0; t < trades_.size(); ++t) {
      const double owed = trades_[t].weight / total_ * static_cast<double>(number + 1) - taken_[t];
      if (owed > most) {
        most = owed;
        best = t;
      }
    }
    taken_[best] += 1;
    return best;
  }

  void add_person(std::size_t number, std::size_t trade_at) {
    const Trade& trade = trades_[trade_at];
    std::set<std::string> skills(trade.all_of.begin(), trade.all_of.end());
    if (!trade.any_of.empty()) skills.insert(trade.any_of[random_.below(trade.any_of.size())]);
    // One in five can do a second job of their staff group.
    if (random_.chance(0.2)) {
      const Trade& second = trades_[random_.below(trades_.size())];
      if (second.staff_group == trade.staff_group) {
        skills.insert(second.all_of.begin(), second.all_of.end());
        if (!second.any_of.empty()) skills.insert(second.any_of.front());
      }
    }
    roster::Responder person;
    person.id = roster::PersonId{fmt::format("{:06}", 100'000 + number)};
    person.name = fmt::format("{} {}", kGiven[random_.below(kGiven.size())],
                              kFamily[random_.below(kFamily.size())]);
    person.staff_group = roster::StaffGroupId{trade.staff_group};
    person.role = roster::RoleId{trade.role};
    // Three in four people work in an area of the playbook, the others on wards. Assumed.
    person.ward = roster::WardId{
        random_.chance(0.75) ? trade.ward : fmt::format("ward-{}", 1 + random_.below(12))};
    for (const std::string& skill : skills) person.skills.emplace_back(skill);
    const LogNormal travel = travel_of(figures_, {skills.begin(), skills.end()});
    person.travel = base::Minutes{
        static_cast<int>(std::clamp(random_.log_normal(travel.mu, travel.sigma), 3.0, 120.0))};
    const std::string mobile = fmt::format("+447700900{:03}", random_.below(1000));
    const auto consented = std::chrono::floor<std::chrono::days>(at_);
    person.contacts.push_back({roster::ChannelId{"phone"}, mobile, consented, at_, true});
    add_duty(person, trade_at);
    people_.push_back(std::move(person));
  }

  // At night about a sixth of the people are at work, one in eight has just gone home, and one in
  // ten is away.
  void add_duty(const roster::Responder& person, std::size_t trade) {
    const base::Civil now = base::to_local(at_);
    const bool night = now.hour >= 21 || now.hour < 7;
    const double on_duty = night ? 0.16 : 0.34;
    // A rota plans each trade, so its numbers vary less than random draws. Steps of the golden
    // ratio spread any number of people evenly over the day.
    if (turn_.empty())
      for (std::size_t t = 0; t < trades_.size(); ++t) turn_.push_back(random_.uniform());
    const double dice = turn_[trade];
    turn_[trade] = std::fmod(dice + std::numbers::phi, 1.0);
    const auto stint = [&](roster::Duty duty, base::Minutes from, base::Minutes until) {
      stints_.push_back({person.id, duty, {}, {}, at_ + from, at_ + until});
      busy_.insert(person.id.str());
    };
    const base::Minutes into{static_cast<int>(random_.below(8 * 60))};
    if (dice < on_duty)
      stint(roster::Duty::on_duty, -into, hours{12} - into);
    else if (dice < on_duty + 0.12)
      stint(roster::Duty::on_duty, -hours{14},
            -base::Minutes{60 + static_cast<int>(random_.below(60))});
    else if (dice < on_duty + 0.30)
      stint(roster::Duty::on_duty, hours{10}, hours{22});
    else if (dice < on_duty + 0.40)
      stint(roster::Duty::absent, -hours{48}, hours{48});
  }

  // Puts two people on call for each role that a key role or its deputies name, among those who can
  // hold the post.
  void cover(const playbook::KeyRole& key) {
    const playbook::Post* post = playbook_.find_post(key.post);
    if (post == nullptr) return;
    std::vector<playbook::RoleId> roles = key.deputies;
    if (!key.on_call.empty()) roles.insert(roles.begin(), key.on_call);
    for (const playbook::RoleId& role : roles) {
      if (!covered_.insert(role.str()).second) continue;
      int wanted = 2;
      for (const roster::Responder& person : people_) {
        if (wanted == 0) break;
        if (!can_hold(person, *post) || busy_.contains(person.id.str())) continue;
        busy_.insert(person.id.str());
        stints_.push_back({person.id,
                           roster::Duty::on_call,
                           roster::RoleId{role.str()},
                           {},
                           at_ - hours{4},
                           at_ + hours{10}});
        --wanted;
      }
    }
  }

  static bool can_hold(const roster::Responder& person, const playbook::Post& post) {
    const auto has = [&](const playbook::SkillId& skill) {
      return person.has_skill(roster::SkillId{skill.str()});
    };
    if (!post.staff_group.empty() && post.staff_group.str() != person.staff_group.str())
      return false;
    return std::all_of(post.all_of.begin(), post.all_of.end(), has) &&
           (post.any_of.empty() || std::any_of(post.any_of.begin(), post.any_of.end(), has));
  }

  const playbook::Playbook& playbook_;
  const std::size_t size_;
  const Instant at_;
  SeededRandom random_;
  const Figures figures_;
  const std::vector<Trade> trades_;
  std::vector<double> taken_;
  std::vector<double> turn_;  // by trade: the next person's position in the day
  double total_ = 0;
  std::vector<roster::Responder> people_;
  std::vector<roster::Stint> stints_;
  std::set<std::string> covered_;  // roles
  std::set<std::string> busy_;     // people with something in the rota
};

}  // namespace

Staff synthesise(const playbook::Playbook& playbook, std::size_t size, Instant at,
                 const SeededRandom& random) {
  return Maker{playbook, size, at, random}.make();
}

}  // namespace tocsin::drill
