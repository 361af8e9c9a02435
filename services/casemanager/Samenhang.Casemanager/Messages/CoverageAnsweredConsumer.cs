using MassTransit;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Messages;

/// <summary>Takes the answers of the domains.</summary>
public sealed class CoverageAnsweredConsumer(CaseDesk cases, Pseudonyms pseudonyms)
    : IConsumer<ZvwCoverageAnswered>, IConsumer<GemeenteCoverageAnswered>, IConsumer<UwvCoverageAnswered>, IConsumer<EmployerCoverageAnswered>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ZvwCoverageAnswered> context) =>
        TakeAsync(context, ServiceNames.Zvw, context.Message.CasePseudonym, context.Message.Round, context.Message.Rows);

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<GemeenteCoverageAnswered> context) =>
        TakeAsync(context, ServiceNames.Gemeente, context.Message.CasePseudonym, context.Message.Round, context.Message.Rows);

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<UwvCoverageAnswered> context) =>
        TakeAsync(context, ServiceNames.Uwv, context.Message.CasePseudonym, context.Message.Round, context.Message.Rows);

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EmployerCoverageAnswered> context) =>
        TakeAsync(context, ServiceNames.Employer, context.Message.CasePseudonym, context.Message.Round, context.Message.Rows);

    // An answer to a question that was never asked: another store than the one that asked, or another key. An operator must look.
    private async Task TakeAsync(ConsumeContext context, string service, string pseudonym, int round, IReadOnlyList<Coverage> rows)
    {
        var known = await cases.HearAsync(
            service,
            pseudonym,
            context.MessageId!.Value,
            (state, now) => new CaseCommand.TakeAnswer(round, service, service == ServiceNames.Employer ? Back(state).In(rows) : rows) { At = now },
            context.CancellationToken);
        if (!known)
        {
            throw new InvalidOperationException($"{service} answers about a case that is not known here: {pseudonym}");
        }
    }

    // The employer knows the needs by names of its own.
    private IdsOfEmployer Back(CaseState state) => pseudonyms.ForEmployer(state.Opened!.CaseId).Back(state.Needs.Select(need => need.Id));
}
