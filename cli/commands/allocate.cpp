// tocsin allocate: prints the best allocation of one problem, for scripts and for people.
#include <fmt/format.h>

#include "allocation/problem_file.h"
#include "allocation/solve.h"
#include "base/file.h"
#include "command.h"
#include "screen/allocation_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class Allocate final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--problem", file_, "Posts and responders, as YAML or JSON")
        ->type_name("FILE")
        ->required();
  }

  Exit run(Context& context) override {
    const allocation::Problem problem = read(context.out);
    const allocation::Solution solution = allocation::solve(problem);
    print_allocation(context.out, context.form(), problem, solution);
    return solution.unfilled.empty() ? Exit::done : Exit::unfilled;
  }

 private:
  // Notes what is odd in a problem that can be solved all the same.
  allocation::Problem read(const Output& out) const {
    document::Findings findings;
    allocation::Problem problem = allocation::read_problem(
        base::read_file(file_, allocation::kLargestProblem), file_, findings);
    findings.throw_if_errors("problem");
    for (const document::Finding& finding : findings.sorted())
      out.note(fmt::format("{}: {}", document::to_text(finding), finding.hint));
    return problem;
  }

  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_allocate() { return std::make_unique<Allocate>(); }

}  // namespace tocsin::cli
