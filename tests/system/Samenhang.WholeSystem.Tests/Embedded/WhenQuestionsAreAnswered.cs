using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A question tells what its answers would decide, and takes an answer of whoever may lawfully give it.</summary>
public sealed class WhenQuestionsAreAnswered(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private QuestionService.QuestionServiceClient Questions => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task The_preview_tells_what_each_answer_would_decide_and_the_answer_does_so()
    {
        var (caseId, plan) = await fixture.PlannedAsync(WithoutDisorder());
        var question = Assert.Single(plan.Questions, asked => asked.FactId == "health.dsmDisorder");
        Assert.Equal(Outcome.Undetermined, plan.Row("n1", "gbggz").Outcome);

        var preview = await Questions.PreviewQuestionAsync(new PreviewQuestionRequest { CaseId = caseId, Question = Requests.OfNeed("n1", "health.dsmDisorder", null) });

        Assert.Equal(question, preview.Question);
        Assert.Equal(["confirmed", "none", "refuted", "suspected"], preview.Answers.Select(answer => answer.Value.CodeValue));
        var suspected = preview.Answers.Single(answer => answer.Value.CodeValue == "suspected");
        var row = Assert.Single(suspected.Rows, changed => changed is { NeedId: "n1", Scheme: "gbggz" });
        Assert.Equal((Outcome.Undetermined, Outcome.Covered), (row.Was, row.Becomes));
        Assert.Equal(Outcome.NotCovered, preview.Answers.Single(answer => answer.Value.CodeValue == "none").Rows.Single(changed => changed is { NeedId: "n1", Scheme: "gbggz" }).Becomes);
        Assert.True(suspected.Decides > 0);
        Assert.Contains("health.dsmDisorder", suspected.GoneQuestions);
        Assert.Equal(plan, (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan);

        await Questions.AnswerQuestionAsync(Answer(caseId, "suspected", question.AskedOf));
        var next = await Casemanager.PlanAsync(caseId, 2);

        Assert.All(suspected.Rows, changed => Assert.Equal(changed.Becomes, next.Coverage.FirstOrDefault(now => (now.NeedId, now.Scheme, now.Product) == (changed.NeedId, changed.Scheme, changed.Product))?.Outcome ?? Outcome.Unspecified));
        Assert.All(suspected.AppearingFindings, finding => Assert.Contains(next.Findings, now => now.FlagId == finding.FlagId));
        Assert.All(suspected.ClosingFindings, finding => Assert.DoesNotContain(next.Findings, now => (now.FlagId, now.NeedId, now.ProvisionId, now.PartyId) == (finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId)));
        Assert.DoesNotContain(next.Questions, asked => asked.FactId == "health.dsmDisorder");
    }

    [Fact]
    public async Task Who_may_not_answer_hears_who_may()
    {
        var (caseId, plan) = await fixture.PlannedAsync(WithoutDisorder());
        var askedOf = plan.Questions.Single(asked => asked.FactId == "health.dsmDisorder").AskedOf;

        var refused = await Questions.AnswerQuestionAsync(Answer(caseId, "none", "emp")).RefusedAsync(StatusCode.FailedPrecondition);

        var violation = Assert.Single(refused.Detail<Google.Rpc.PreconditionFailure>().Violations);
        Assert.Equal("NO_LAWFUL_SOURCE", violation.Type);
        Assert.Contains(askedOf, violation.Description, StringComparison.Ordinal);
        Assert.Equal(plan, (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan);
    }

    [Fact]
    public async Task What_is_not_known_is_asked_last_and_the_same_request_again_changes_nothing()
    {
        var (caseId, plan) = await fixture.PlannedAsync(WithoutDisorder());
        var askedOf = plan.Questions.Single(asked => asked.FactId == "health.dsmDisorder").AskedOf;
        Assert.NotEqual("health.dsmDisorder", plan.Questions[^1].FactId);
        var request = Answer(caseId, null, askedOf);

        var first = await Questions.AnswerQuestionAsync(request);
        var again = await Questions.AnswerQuestionAsync(request);
        var next = await Casemanager.PlanAsync(caseId, 2);

        Assert.Equal(first, again);
        Assert.Equal(("health.dsmDisorder", askedOf), (next.Questions[^1].FactId, next.Questions[^1].NotKnownTo));
        Assert.Equal(plan.Coverage, next.Coverage);
    }

    [Fact]
    public async Task What_is_wrong_with_an_answer_is_told()
    {
        var (caseId, _) = await fixture.PlannedAsync(WithoutDisorder());
        var neither = Answer(caseId, null, "");
        neither.NotKnown = false;
        neither.Answer.Fact.FactId = "health.dsmDisordr";

        var invalid = await Questions.AnswerQuestionAsync(neither).RefusedAsync(StatusCode.InvalidArgument);
        var nobody = await Questions.PreviewQuestionAsync(new PreviewQuestionRequest { CaseId = caseId, Question = Requests.OfNeed("n9", "health.dsmDisorder", null) }).RefusedAsync(StatusCode.InvalidArgument);
        var unasked = await Questions.PreviewQuestionAsync(new PreviewQuestionRequest { CaseId = caseId, Question = new RecordedFact { Fact = Requests.Fact("client.birthDate", null) } }).RefusedAsync(StatusCode.NotFound);

        Assert.Equal(["answer.fact.fact_id", "by", "not_known"], invalid.ViolatedFields());
        Assert.Equal(["question.need_id"], nobody.ViolatedFields());
        Assert.Equal(StatusCode.NotFound, unasked.StatusCode);
    }

    private static OpenCaseRequest WithoutDisorder()
    {
        var request = Requests.BurnOut();
        request.Needs[0].Facts.Remove(request.Needs[0].Facts.Single(fact => fact.FactId == "health.dsmDisorder"));
        return request;
    }

    private static AnswerQuestionRequest Answer(string caseId, string? code, string by) => new()
    {
        RequestId = Requests.NewId(),
        CaseId = caseId,
        Answer = Requests.OfNeed("n1", "health.dsmDisorder", code is null ? null : Requests.Code(code)),
        NotKnown = code is null,
        By = by,
    };
}
