using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages.Parts;

/// <summary>A sentence of the casemanager, in the page's language where it has it.</summary>
public sealed class Spoken : ComponentBase
{
    /// <summary>The voice of the page.</summary>
    [CascadingParameter]
    public required Voice Voice { get; set; }

    /// <summary>The sentence.</summary>
    [Parameter, EditorRequired]
    public required Sentence? Sentence { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenComponent<Words>(0);
        builder.AddComponentParameter(1, nameof(Words.Said), new Said(Voice.Of(Sentence)));
        builder.CloseComponent();
    }
}
