# Run: gnuplot -d heatmap-frechet-problem-glyphs-optimizer-dcgan.gp
set terminal svg size 531,406 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'heatmap-frechet-problem-glyphs-optimizer-dcgan.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'problem = glyphs, optimizer = dcgan: frechet (lower is better)' at screen 0.022599, screen 0.95567 left font ',14' noenhanced
set palette defined (0 '#FDE725', 1 '#ADDC30', 2 '#5EC962', 3 '#28AE80', 4 '#21918C', 5 '#2C728E', 6 '#3B528B', 7 '#472D7B', 8 '#440154')
unset colorbox
set cbrange [0:1]
set xrange [0.5:3.5]
set yrange [10.5:0.5]
set tics scale 0
unset border
set xtics ('nonsaturating' 1, 'hinge' 2, 'wasserstein' 3) noenhanced textcolor rgb '#333333'
set lmargin at screen 0.20731
set rmargin at screen 0.9719
set tmargin at screen 0.85222
set bmargin at screen 0.1133
set title '' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'clipping' 2, 'spectral' 3, 'smoothing' 4, 'dropout' 5, 'batch-norm' 6, 'wgan-gp-10' 7, 'instance-norm' 8, 'layer-norm' 9, 'mmd' 10) noenhanced textcolor rgb '#333333'
set xlabel 'loss' offset 0,0.3 noenhanced
plot 'heatmap-frechet-problem-glyphs-optimizer-dcgan.dat' index 0 using 1:2:($1-0.49):($1+0.49):($2-0.48):($2+0.48):3 with boxxyerror fs solid 1 noborder lc palette notitle, \
  'heatmap-frechet-problem-glyphs-optimizer-dcgan.dat' index 1 using 1:2:3 with labels font ',11' tc rgb '#ffffff' noenhanced notitle, \
  'heatmap-frechet-problem-glyphs-optimizer-dcgan.dat' index 2 using 1:2:3 with labels font ',11' tc rgb '#000000' noenhanced notitle
unset label
unset arrow
unset multiplot
set output
