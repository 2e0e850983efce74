"""The elements and attributes that may stay in an SVG: those that draw, fill, filter and move."""

ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})

_ELEMENT_NAMES = """
    svg g defs symbol use title desc switch path rect circle ellipse line polyline polygon text tspan
    textPath image marker pattern clipPath mask linearGradient radialGradient stop style filter view mpath
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence
"""
ELEMENTS = ANIMATIONS | frozenset(_ELEMENT_NAMES.split())

_ATTRIBUTE_NAMES = """
    id class lang tabindex role transform x y x1 y1 x2 y2 z dx dy width height viewBox preserveAspectRatio
    d cx cy r rx ry fx fy fr points pathLength rotate textLength lengthAdjust startOffset method spacing side
    offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
    clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient version
    baseProfile systemLanguage requiredExtensions type media
    fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width color opacity display visibility overflow clip clip-path
    clip-rule mask filter flood-color flood-opacity lighting-color stop-color stop-opacity marker marker-start
    marker-mid marker-end cursor pointer-events color-interpolation color-interpolation-filters
    color-rendering image-rendering shape-rendering text-rendering paint-order vector-effect mix-blend-mode
    isolation font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
    letter-spacing word-spacing text-anchor text-decoration dominant-baseline alignment-baseline
    baseline-shift direction unicode-bidi writing-mode glyph-orientation-vertical transform-origin
    transform-box
    attributeName attributeType begin dur end min max restart repeatCount repeatDur calcMode values keyTimes
    keySplines keyPoints from to by additive accumulate path
    in in2 result operator mode stdDeviation edgeMode kernelMatrix order divisor bias targetX targetY
    kernelUnitLength preserveAlpha scale xChannelSelector yChannelSelector surfaceScale diffuseConstant
    specularConstant specularExponent limitingConeAngle azimuth elevation pointsAtX pointsAtY pointsAtZ
    baseFrequency numOctaves seed stitchTiles filterUnits primitiveUnits tableValues slope intercept
    amplitude exponent k1 k2 k3 k4 radius
"""
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())


def is_attribute(name: str) -> bool:
    """Whether an attribute of this name may stay."""
    return name in _ATTRIBUTES or name.startswith(("aria-", "data-"))
