using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages.Parts;

/// <summary>Words, marked with their language where that is not the page's; without space around them, so that they fit in any sentence.</summary>
public sealed class Words : ComponentBase
{
    /// <summary>The voice of the page.</summary>
    [CascadingParameter]
    public required Voice Voice { get; set; }

    /// <summary>The words.</summary>
    [Parameter, EditorRequired]
    public required Said Said { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Said.Language == Voice.Language)
        {
            builder.AddContent(0, Said.Text);
            return;
        }

        builder.OpenElement(1, "span");
        builder.AddAttribute(2, "lang", Said.Language);
        builder.AddContent(3, Said.Text);
        builder.CloseElement();
    }
}
