// tocsin drill: plays a playbook with simulated people, once or with many seeds.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "base/file.h"
#include "command.h"
#include "drill/run/repeat.h"
#include "drill/scorecard/page.h"
#include "drill/scorecard/scorecard.h"
#include "input/drill_flags.h"
#include "input/playbook_file.h"
#include "screen/progress_bar.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class DrillCommand final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook to exercise")
        ->required()
        ->type_name("PLAYBOOK");
    flags_.describe(app);
  }

  Exit run(Context& context) override {
    drill::Settings settings = flags_.settings(context.clock.now());
    settings.playbook_file = file_;
    const playbook::Playbook playbook = read_playbook(file_).playbook;
    if (settings.world) note_unused(context, *settings.world, playbook);
    const std::optional<DrillFolder> folder = flags_.folder();
    if (folder) settings.folder = folder->path();
    const bool many = flags_.runs() > 0 || flags_.compares();
    return many ? run_many(context, playbook, settings) : run_one(context, playbook, settings);
  }

 private:
  static void note_unused(Context& context, const drill::World& world,
                          const playbook::Playbook& playbook) {
    const auto& tried = playbook.cascade.channels;
    for (const drill::WorldChannel& channel : world.channels)
      if (std::find(tried.begin(), tried.end(), channel.id) == tried.end())
        context.out.note(fmt::format("the cascade of the playbook has no {}: nobody is tried there",
                                     channel.id.str()));
  }

  static Exit run_one(Context& context, const playbook::Playbook& playbook,
                      const drill::Settings& settings) {
    const drill::Report report = [&] {
      ProgressBar bar{context.out, context.form()};
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
    if (flags_.compares()) {
      drill::Settings other = settings;
      other.policy = settings.policy == drill::Policy::measured ? drill::Policy::broadcast
                                                                : drill::Policy::measured;
      experiments.push_back(experiment(context, playbook, other));
    }
    if (!flags_.html().empty())
      base::write_file(flags_.html(),
                       base::bytes_of(drill::scorecard_page(experiments, playbook.title)),
                       base::Access::everyone);
    if (context.json) {
      nlohmann::json found = drill::to_json(experiments.front());
      if (flags_.compares())
        found[drill::to_text(experiments.back().policy)] = drill::to_json(experiments.back());
      context.out.json(found);
    } else {
      context.out.text(drill::scorecard(experiments));
    }
    return Exit::done;
  }

  drill::Experiment experiment(const Context& context, const playbook::Playbook& playbook,
                               drill::Settings settings) const {
    if (flags_.compares()) settings.folder /= drill::to_text(settings.policy);
    const base::Stopwatch watch;
    ProgressBar bar{context.out, context.form()};
    const auto reports =
        drill::repeat(playbook, settings, std::max(flags_.runs(), 1),
                      std::max(1U, std::thread::hardware_concurrency()), [&](int done, int all) {
                        bar.show(done, all,
                                 fmt::format("{} of {} {} runs, {:.0f} s", done, all,
                                             drill::to_text(settings.policy), watch.seconds()));
                      });
    return drill::summarise(reports);
  }

  std::string file_;
  DrillFlags flags_;
};

}  // namespace

std::unique_ptr<Command> make_drill() { return std::make_unique<DrillCommand>(); }

}  // namespace tocsin::cli
