#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "base/file.h"
#include "command.h"
#include "drill/run/repeat.h"
#include "drill/scorecard/page.h"
#include "drill/scorecard/scorecard.h"
#include "input/playbook_file.h"
#include "input/when.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

// The default of --at: a fixed Saturday evening, so that a seed gives the same night in later
// years.
constexpr std::string_view kUsualNight = "2026-01-10T22:40:00Z";

// A folder that is deleted after the drill, unless --keep names it.
class Folder {
 public:
  explicit Folder(const std::string& named) : keep_(!named.empty()) {
    if (keep_) {
      path_ = named;
      std::filesystem::create_directories(path_);
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-drill-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Fault(Exit::fault, "cannot make a folder for the drill",
                  "check TMPDIR, or name a folder with --keep");
    path_ = name;
  }
  ~Folder() {
    if (keep_) return;
    std::error_code ignored;  // a temporary folder that stays must not fail a finished drill
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  bool keep_;
  std::filesystem::path path_;
};

class DrillCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook to exercise")
        ->required()
        ->type_name("PLAYBOOK");
    app.add_option("--staff", staff_, "How many people the synthetic roster has")
        ->type_name("N")
        ->between(1, 100'000)
        ->capture_default_str();
    app.add_option("--seed", seed_, "The dice: the same seed, the same night")
        ->type_name("S")
        ->capture_default_str();
    app.add_option("--at", at_, "When it is declared, such as \"Sunday 04:00\"")->type_name("TIME");
    app.add_flag("--in-memory", in_memory_, "Without relay, disk and encryption: for many seeds");
    app.add_option("--keep", keep_, "Leave the exercise's home in this folder")
        ->type_name("FOLDER");
    app.add_option("--repeat", runs_, "Run N seeds from --seed on, and report how they spread")
        ->type_name("N")
        ->between(1, 1'000'000);
    app.add_option("--policy", policy_, "How people are called: as Tocsin does, or all at once")
        ->type_name("POLICY")
        ->one_of({"measured", "broadcast"})
        ->capture_default_str();
    app.add_flag("--compare", compare_, "Run both policies on the same seeds, side by side");
    app.add_option("--html", html_, "Write the comparison with its plots to this file")
        ->type_name("FILE");
    app.add_option("--belief", belief_, "People are reached FACTOR times as often as published")
        ->type_name("FACTOR")
        ->capture_default_str();
  }

  Exit run(Context& context) override {
    if (in_memory_ && !keep_.empty())
      throw Fault(Exit::usage, "a drill in memory leaves nothing to keep",
                  "leave out --in-memory, or --keep");
    const playbook::Playbook playbook = read_playbook(file_).playbook;
    drill::Settings settings;
    settings.playbook_file = file_;
    settings.staff = static_cast<std::size_t>(staff_);
    settings.seed = seed_;
    settings.path = in_memory_ ? drill::Path::in_memory : drill::Path::live;
    settings.at = start(context);
    std::unique_ptr<Folder> folder;
    if (!in_memory_) {
      folder = std::make_unique<Folder>(keep_);
      settings.folder = folder->path();
    }
    settings.policy = policy_ == "broadcast" ? drill::Policy::broadcast : drill::Policy::measured;
    settings.belief = belief();
    const bool many = runs_ > 0 || compares();
    return many ? run_many(context, playbook, settings) : run_one(context, playbook, settings);
  }

 private:
  // Writes to stderr, and only on a terminal.
  class Bar {
   public:
    explicit Bar(const Context& context)
        : shown_(context.out.is_terminal() && ::isatty(STDERR_FILENO) == 1 && !context.json) {}
    ~Bar() {
      if (shown_) fmt::print(stderr, "\r{:60}\r", "");
    }
    Bar(const Bar&) = delete;
    Bar& operator=(const Bar&) = delete;
    void show(std::int64_t done, std::int64_t all, std::string_view words) {
      const std::int64_t percent = all == 0 ? 100 : 100 * done / all;
      if (!shown_ || percent == percent_) return;
      percent_ = percent;
      constexpr std::int64_t kWidth = 24;
      const auto full = static_cast<std::size_t>(percent * kWidth / 100);
      fmt::print(stderr, "\r[{:#<{}}{:{}}] {:3} % {} ", "", full, "", kWidth - full, percent,
                 words);
    }

   private:
    bool shown_;
    std::int64_t percent_ = -1;
  };

  static Exit run_one(Context& context, const playbook::Playbook& playbook,
                      const drill::Settings& settings) {
    const drill::Report report = [&] {
      Bar bar{context};
      return drill::run(playbook, settings, [&](base::Minutes done, base::Minutes all) {
        bar.show(done.count(), all.count(),
                 fmt::format("{} of {}", base::minutes_text(done), base::minutes_text(all)));
      });
    }();
    if (context.json)
      context.out.json(drill::to_json(report));
    else
      context.out.text(drill::to_text(report));
    return report.is_complete() ? Exit::done : Exit::unfilled;
  }

  // Many runs give statistics, which cannot fail, so the exit code is 0.
  Exit run_many(Context& context, const playbook::Playbook& playbook,
                const drill::Settings& settings) const {
    std::vector<drill::Experiment> experiments{experiment(context, playbook, settings)};
    if (compares()) {
      drill::Settings other = settings;
      other.policy = settings.policy == drill::Policy::measured ? drill::Policy::broadcast
                                                                : drill::Policy::measured;
      experiments.push_back(experiment(context, playbook, other));
    }
    if (!html_.empty())
      base::write_file(html_, base::bytes_of(drill::scorecard_page(experiments, playbook.title)),
                       base::Access::everyone);
    if (context.json) {
      nlohmann::json found = drill::to_json(experiments.front());
      if (compares())
        found[drill::to_text(experiments.back().policy)] = drill::to_json(experiments.back());
      context.out.json(found);
    } else {
      context.out.text(drill::scorecard(experiments));
    }
    return Exit::done;
  }

  drill::Experiment experiment(const Context& context, const playbook::Playbook& playbook,
                               drill::Settings settings) const {
    if (compares()) settings.folder /= drill::to_text(settings.policy);
    const base::Stopwatch watch;
    Bar bar{context};
    const auto reports =
        drill::repeat(playbook, settings, std::max(runs_, 1),
                      std::max(1U, std::thread::hardware_concurrency()), [&](int done, int all) {
                        bar.show(done, all,
                                 fmt::format("{} of {} {} runs, {:.0f} s", done, all,
                                             drill::to_text(settings.policy), watch.seconds()));
                      });
    return drill::summarise(reports);
  }

  bool compares() const noexcept { return compare_ || !html_.empty(); }

  double belief() const {
    double factor = 0;
    const char* end = belief_.data() + belief_.size();
    const auto read = std::from_chars(belief_.data(), end, factor);
    if (read.ec != std::errc{} || read.ptr != end || !(factor >= 0.1 && factor <= 10))
      throw Fault(Exit::usage, fmt::format("--belief {} is not a factor from 0.1 to 10", belief_),
                  "2 makes people answer twice as often as published, 0.5 half as often");
    return factor;
  }

  base::Instant start(const Context& context) const {
    if (at_.empty()) return *base::from_rfc3339(kUsualNight);
    return when(at_, context.clock.now());
  }

  std::string file_;
  int staff_ = 1'200;
  std::uint64_t seed_ = 1;
  std::string at_;
  bool in_memory_ = false;
  std::string keep_;
  int runs_ = 0;  // 0: one run with its own report
  std::string policy_ = "measured";
  bool compare_ = false;
  std::string html_;
  std::string belief_ = "1";
};

}  // namespace

std::unique_ptr<Command> make_drill() { return std::make_unique<DrillCommand>(); }

}  // namespace tocsin::cli
