using Grpc.Core;
using Samenhang.Access;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Access;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Common.V1;
using Case = Samenhang.Language.Case;
using Coverage = Samenhang.Language.Coverage;
using EmployerWire = Samenhang.Protos.Employer.V1;
using GemeenteWire = Samenhang.Protos.Gemeente.V1;
using UwvWire = Samenhang.Protos.Uwv.V1;
using ZvwWire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Casemanager.Questions;

/// <summary>What a domain answered at once.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Explanation">The reasoning of the row that was asked for.</param>
/// <param name="WouldBeCoveredIf">What would lead to cover.</param>
public sealed record DomainAnswer(IReadOnlyList<Coverage> Rows, IReadOnlyList<ExplanationNode> Explanation, IReadOnlyList<string> WouldBeCoveredIf);

/// <summary>
/// Asks the domains over gRPC, for the few questions that need an answer at once: what if, and why. A domain sees exactly what it
/// would see in a round, and keeps nothing.
/// </summary>
public sealed class DomainQuestions(CaseRules rules, ServiceChannels channels, Pseudonyms pseudonyms, OwnTokens tokens, TimeProvider time)
{
    private static readonly Speaker Self = new(ServiceNames.Casemanager, CallerRole.Service, TokenClaims.Everywhere);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>A whole round at once.</summary>
    public async Task<Result<CaseAssessment>> AssessAsync(Case whole, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var answers = new Dictionary<string, IReadOnlyList<Coverage>>();
        var zvw = await AskAsync(ServiceNames.Zvw, whole, null, null, cancellationToken);
        if (zvw.Error is { } silent)
        {
            return silent;
        }

        answers[ServiceNames.Zvw] = zvw.OrFail().Rows;
        string[] others = [ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];
        var asked = await Task.WhenAll(others.Select(service => AskAsync(service, whole, answers[ServiceNames.Zvw], null, cancellationToken)));
        foreach (var (service, answer) in others.Zip(asked))
        {
            if (answer.Error is { } error)
            {
                return error;
            }

            answers[service] = answer.OrFail().Rows;
        }

        return rules.Assessor.Assemble(whole, answers);
    }

    /// <summary>Asks one domain.</summary>
    /// <param name="service">The domain.</param>
    /// <param name="whole">The whole case; the domain gets its view of it.</param>
    /// <param name="zvw">The answer of zvw; null for zvw itself.</param>
    /// <param name="explain">The row whose reasoning is asked for, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<DomainAnswer>> AskAsync(
        string service, Case whole, IReadOnlyList<Coverage>? zvw, (string NeedId, string Scheme)? explain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var question = rules.Assessor.QuestionFor(service, whole, zvw);
        var pseudonym = pseudonyms.Of(service, whole.Id);
        if (channels.Find(service) is not { } domain)
        {
            return new Error.Unavailable(service, RetryAfter);
        }

        var options = new CallOptions(tokens.HeadersFor(service, Self, "casemanagement", LegalGround.PublicTask), deadline: (time.GetUtcNow() + Limit).UtcDateTime, cancellationToken: cancellationToken);
        try
        {
            return await CallAsync(domain, service, question, whole.Id, pseudonym, explain, options);
        }
        catch (RpcException failed) when (failed.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return new Error.Unavailable(service, RetryAfter); // A domain that does not answer is no bug of ours.
        }
    }

    private async Task<DomainAnswer> CallAsync(
        CallInvoker invoker, string service, ServiceQuestion question, string caseId, string pseudonym, (string NeedId, string Scheme)? explain, CallOptions options)
    {
        switch (service)
        {
            case ServiceNames.Zvw:
                var zvw = await new ZvwWire.ZvwService.ZvwServiceClient(invoker).AssessAsync(
                    new ZvwWire.AssessRequest
                    {
                        Case = question.View.ToWire(pseudonym),
                        Suggested = { Suggested(question) },
                        Explain = explain is { } z ? new ZvwWire.RowToExplain { NeedId = z.NeedId, Scheme = z.Scheme } : null,
                    },
                    options);
                return Answer(zvw.Rows, zvw.Explanation, zvw.WouldBeCoveredIf);
            case ServiceNames.Gemeente:
                var gemeente = await new GemeenteWire.GemeenteService.GemeenteServiceClient(invoker).AssessAsync(
                    new GemeenteWire.AssessRequest
                    {
                        Case = question.View.ToWire(pseudonym),
                        Suggested = { Suggested(question) },
                        Explain = explain is { } g ? new GemeenteWire.RowToExplain { NeedId = g.NeedId, Scheme = g.Scheme } : null,
                    },
                    options);
                return Answer(gemeente.Rows, gemeente.Explanation, gemeente.WouldBeCoveredIf);
            case ServiceNames.Uwv:
                var uwv = await new UwvWire.UwvService.UwvServiceClient(invoker).AssessAsync(
                    new UwvWire.AssessRequest
                    {
                        Case = question.View.ToWire(pseudonym),
                        Suggested = { Suggested(question) },
                        Explain = explain is { } u ? new UwvWire.RowToExplain { NeedId = u.NeedId, Scheme = u.Scheme } : null,
                    },
                    options);
                return Answer(uwv.Rows, uwv.Explanation, uwv.WouldBeCoveredIf);
            case ServiceNames.Employer:
                var names = pseudonyms.ForEmployer(caseId);
                var asked = EmployerQuestion.Of(
                    names.In(question.View), question.Suggested.Select(pointed => new SuggestedScheme(names.Of(pointed.NeedId), pointed.Scheme)), pseudonym, 0, rules.Vocabulary);
                var row = explain is { } e ? (names.Of(e.NeedId), e.Scheme) : ((string, string)?)null;
                var employer = await new EmployerWire.EmployerService.EmployerServiceClient(invoker).AssessAsync(EmployerWriter.ToWire(asked, row), options);
                return new DomainAnswer(
                    names.Back(question.View.Needs.Select(need => need.Id)).In([.. employer.Rows.Select(EmployerWriter.ToCoverage)]),
                    [.. employer.Explanation.Select(EmployerWriter.ToNode)],
                    [.. employer.WouldBeCoveredIf]);
            default:
                throw new ArgumentOutOfRangeException(nameof(service), service, "No domain.");
        }
    }

    private static IEnumerable<Protos.Common.V1.SuggestedRow> Suggested(ServiceQuestion question) =>
        question.Suggested.Select(row => new Protos.Common.V1.SuggestedRow { NeedId = row.NeedId, Scheme = row.Scheme });

    private static DomainAnswer Answer(IEnumerable<Protos.Common.V1.Coverage> rows, IEnumerable<ExplanationNode> explanation, IEnumerable<string> wouldBe) =>
        new([.. rows.Select(WireWriter.ToCoverage)], [.. explanation], [.. wouldBe]);
}
